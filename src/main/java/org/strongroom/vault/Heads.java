package org.strongroom.vault;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/** Walks the tables whose keys begin with a subject side by side, subject by subject. */
final class Heads implements AutoCloseable {
  private final Head records;
  private final Head chunks;

  /** A row of one table. */
  interface Row {
    void take(byte[] key, byte[] value);
  }

  /**
   * @param stray hears of rows whose keys name no subject
   */
  Heads(StoreView store, Consumer<Table> stray) {
    this.records = new Head(store, Table.RECORDS, stray);
    this.chunks = new Head(store, Table.BLOBS, stray);
  }

  /** The next subject of any table; null at the end. Its rows must all be taken before. */
  @Nullable Id next() {
    @Nullable Id least = null;
    for (Head head : List.of(records, chunks)) {
      @Nullable Id subject = head.subject;
      if (subject != null && (least == null || subject.compareTo(least) < 0)) {
        least = subject;
      }
    }
    return least;
  }

  /** The data key comes before the versions. */
  void records(Id subject, Row rows) {
    records.take(subject, rows);
  }

  void chunks(Id subject, Row rows) {
    chunks.take(subject, rows);
  }

  @Override
  public void close() {
    records.cursor.close();
    chunks.cursor.close();
  }

  private static final class Head {
    private final Table table;
    private final Consumer<Table> stray;
    private final Store.Cursor cursor;
    private @Nullable Id subject;

    Head(StoreView store, Table table, Consumer<Table> stray) {
      this.table = table;
      this.stray = stray;
      this.cursor = store.scan(table, new byte[0]);
      step();
    }

    private void step() {
      subject = null;
      while (cursor.next()) {
        if (cursor.key().length >= Id.BYTES) {
          subject = Id.read(Arrays.copyOf(cursor.key(), Id.BYTES), 0);
          return;
        }
        stray.accept(table);
      }
    }

    void take(Id wanted, Row rows) {
      while (wanted.equals(subject)) {
        rows.take(cursor.key(), cursor.value());
        step();
      }
    }
  }
}

package org.strongroom.vault;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Fault;
import org.strongroom.audit.RowJoin;
import org.strongroom.audit.RowList;
import org.strongroom.kernel.Id;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/** Says of index rows that do not follow from the records what is wrong. For one thread. */
final class IndexFaults {
  private static final int SEARCH_ROW = Layout.INDEX_PREFIX + Id.BYTES + Layout.RECORD_BYTES;

  private final StoreView store;

  /** Whose index rows do not follow, since not all of their records are as they should be. */
  private final Set<Id> excused;

  private final Consumer<Fault> faults;

  IndexFaults(StoreView store, Set<Id> excused, Consumer<Fault> faults) {
    this.store = store;
    this.excused = excused;
    this.faults = faults;
  }

  /** Walks the rows that are there. */
  void walk(RowJoin.Sink rows) {
    try (Store.Cursor cursor = store.scan(Table.INDEX, new byte[0])) {
      while (cursor.next()) {
        byte[] hash = RowList.leafHash(Table.INDEX, cursor.key(), cursor.value());
        rows.row(cursor.key(), hash, RowJoin.Context.NONE);
      }
    }
  }

  void add(RowJoin.Difference difference) {
    byte[] key = difference.key().unsafeArray();
    @Nullable Id leadsTo = leadsTo(key);
    @Nullable Id subject = difference.context().subject();
    @Nullable Id of = subject == null ? leadsTo : subject;
    if ((of != null && excused.contains(of)) || (leadsTo != null && excused.contains(leadsTo))) {
      return;
    }
    boolean elsewhere =
        difference.expected() != null && leadsTo != null && !leadsTo.equals(subject);
    Fault.Code code = difference.code();
    String detail =
        switch (code) {
          case MISSING -> "the record is not found by it";
          case INSERTED -> "it leads to a record that does not hold its value";
          default -> elsewhere ? "it leads to " + leadsTo : "it leads nowhere";
        };
    faults.accept(
        new Fault(
            elsewhere && difference.there() != null ? Fault.Code.SWAPPED : code,
            Table.INDEX,
            of == null ? null : of.toString(),
            null,
            key.length < Layout.INDEX_PREFIX
                ? difference.key().hex()
                : Integer.toString((key[0] & 0xff) << 8 | (key[1] & 0xff)),
            detail));
  }

  /** The subject that a row names, in its key or its value; null when there is no such row. */
  private @Nullable Id leadsTo(byte[] key) {
    byte @Nullable [] value = store.get(Table.INDEX, key);
    if (value == null) {
      return null;
    }
    if (key.length == SEARCH_ROW && value.length == 0) {
      return Id.read(Arrays.copyOfRange(key, Layout.INDEX_PREFIX, SEARCH_ROW), 0);
    }
    boolean named = value.length == Id.BYTES || value.length == Id.BYTES + Layout.RECORD_BYTES;
    return named ? Id.read(value, 0) : null;
  }
}

package org.strongroom.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.translog.Hashes;

/** Reads the lists beside the entries, in their order, and holds each against its entry. */
final class RowLists implements AutoCloseable {
  private static final int MAX_PENDING = 10_000;

  private final Store.Cursor cursor;
  private final Consumer<Fault> faults;
  private final List<Other> others = new ArrayList<>();
  private boolean there;

  /** A list that is not that of its entry. */
  private record Other(long entry, Bytes hash, Bytes manifest) {}

  RowLists(StoreView store, Consumer<Fault> faults) {
    this.cursor = store.scan(Table.AUDIT_ROWS, new byte[0]);
    this.faults = faults;
    this.there = cursor.next();
  }

  /**
   * The rows that an entry wrote, as far as that can be told; null when its list is of no use.
   *
   * @param entry null when it is not known
   */
  @Nullable List<RowList.Row> of(long index, @Nullable Entry entry) {
    byte @Nullable [] list = list(index);
    if (entry == null) {
      return list == null ? List.of() : read(list);
    }
    Entry.@Nullable Written written = entry.written();
    if (written == null) {
      if (list != null) {
        fault(Fault.Code.INSERTED, index, "the entry wrote no rows");
      }
      return List.of();
    }
    if (list == null) {
      fault(Fault.Code.MISSING, index, "the entry wrote rows, and their list is not there");
      return null;
    }
    Bytes hash = Bytes.owned(Hashes.sha256(list));
    if (!hash.equals(written.manifest())) {
      if (others.size() < MAX_PENDING) {
        others.add(new Other(index, hash, written.manifest()));
      } else {
        fault(Fault.Code.ALTERED, index, "it is another list than the entry says");
      }
      return null;
    }
    @Nullable List<RowList.Row> rows = read(list);
    if (rows == null || !RowList.commitment(rows).equals(written.commitment())) {
      fault(Fault.Code.ALTERED, index, "list and commitment of the entry do not agree");
      return null;
    }
    return rows;
  }

  private static @Nullable List<RowList.Row> read(byte[] list) {
    try {
      return RowList.read(list);
    } catch (VaultException e) {
      return null;
    }
  }

  /** The list of this entry, and past all before it, of which there is no entry. */
  private byte @Nullable [] list(long index) {
    while (there) {
      byte[] key = cursor.key();
      long at = key.length == Long.BYTES ? BigEndian.getLong(key, 0) : -1;
      if (key.length == Long.BYTES && Long.compareUnsigned(at, index) > 0) {
        return null;
      }
      byte[] value = cursor.value();
      there = cursor.next();
      if (at == index) {
        return value;
      }
      stray(key);
    }
    return null;
  }

  private void stray(byte[] key) {
    @Nullable Long at = key.length == Long.BYTES ? BigEndian.getLong(key, 0) : null;
    faults.accept(
        new Fault(
            Fault.Code.INSERTED,
            Table.AUDIT_ROWS,
            null,
            null,
            at == null ? Bytes.owned(key).hex() : Long.toUnsignedString(at),
            "there is no such entry"));
  }

  /** After the last entry: what is left, and which lists were swapped. */
  void end() {
    while (there) {
      stray(cursor.key());
      there = cursor.next();
    }
    Map<Bytes, Long> places = new HashMap<>();
    others.forEach(each -> places.put(each.manifest(), each.entry()));
    for (Other each : others) {
      @Nullable Long place = places.get(each.hash());
      if (place == null) {
        fault(Fault.Code.ALTERED, each.entry(), "it is another list than the entry says");
      } else {
        fault(Fault.Code.SWAPPED, each.entry(), "it is the list of entry " + place);
      }
    }
  }

  private void fault(Fault.Code code, long entry, String detail) {
    faults.accept(new Fault(code, Table.AUDIT_ROWS, null, entry, Long.toString(entry), detail));
  }

  @Override
  public void close() {
    cursor.close();
  }
}

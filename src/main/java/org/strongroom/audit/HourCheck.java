package org.strongroom.audit;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Holds the rows that say where in the log another hour begins against the entries. There are some
 * 24 a day, so they are held in memory. For one thread.
 */
final class HourCheck {
  private final StoreView store;
  private final Consumer<Fault> faults;

  /** By index, the hour that begins there; of entries that do not open nothing is known. */
  private final Map<Long, Long> expected = new TreeMap<>();

  private @Nullable Entry before;
  private long blindUntil = -1;
  private long blindFrom = Long.MAX_VALUE;

  HourCheck(StoreView store, Consumer<Fault> faults) {
    this.store = store;
    this.faults = faults;
  }

  /** The next entry; null when it does not open. */
  void next(long index, @Nullable Entry entry) {
    if (entry == null || (index > 0 && before == null)) {
      // Whether an hour begins here cannot be told, nor behind.
      blindFrom = Math.min(blindFrom, index);
      blindUntil = index;
    } else {
      long hour = LogIndex.hour(entry);
      if (before == null || LogIndex.hour(before) != hour) {
        expected.put(index, hour);
      }
    }
    before = entry;
  }

  /** Compares, once all entries were seen. */
  void end() {
    try (Store.Cursor rows = store.scan(Table.AUDIT_HOURS, new byte[0])) {
      while (rows.next()) {
        there(rows.key(), rows.value());
      }
    }
    expected.keySet().stream()
        .filter(this::isCertain)
        .forEach(index -> fault(Fault.Code.MISSING, index, "no row says that an hour begins here"));
  }

  private void there(byte[] key, byte[] value) {
    if (key.length != Long.BYTES) {
      faults.accept(
          new Fault(
              Fault.Code.INSERTED,
              Table.AUDIT_HOURS,
              null,
              null,
              Bytes.owned(key).hex(),
              "it is no row of this table"));
      return;
    }
    long index = LogIndex.hourIndex(key);
    @Nullable Long hour = expected.remove(index);
    if (!isCertain(index)) {
      return;
    }
    if (hour == null) {
      fault(Fault.Code.INSERTED, index, "no hour begins at this entry");
    } else if (value.length != Long.BYTES || !Objects.equals(hour, BigEndian.getLong(value, 0))) {
      fault(Fault.Code.ALTERED, index, "the entry is of another hour");
    }
  }

  private boolean isCertain(long index) {
    return index < blindFrom || index > blindUntil;
  }

  private void fault(Fault.Code code, long index, String detail) {
    faults.accept(new Fault(code, Table.AUDIT_HOURS, null, index, Long.toString(index), detail));
  }
}

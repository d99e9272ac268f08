package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Fault;
import org.strongroom.audit.RowList;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Holds the rows of a table that is small, be it the meta table or what leak checks found, against
 * the newest entries that wrote them. Holds in memory as much as the table has rows. For one
 * thread.
 */
final class TableCheck {
  /** Rows of the meta table, written by the sequencer for itself, and checked as what they are. */
  private static final Set<String> WITHOUT_ENTRY = Set.of("checkpoint", "checkpoint/cosigned");

  /** So many rows are held against each other at most, to tell which were swapped. */
  private static final int MAX_SWAPPED = 256;

  private static final int PART_AT = Id.BYTES;
  private static final int PART_KEY_BYTES = PART_AT + Integer.BYTES;

  private final StoreView store;
  private final Table table;
  private final Map<Bytes, Bytes> there = new TreeMap<>();
  private final Map<Bytes, Latest> latest = new TreeMap<>();

  /** Rows that are as some entry wrote them. */
  private final Map<Bytes, Long> asWrittenBy = new HashMap<>();

  /** The newest entry of which it is not known what it wrote. */
  private long unknown = -1;

  private record Latest(long entry, boolean deleted, Bytes hash) {}

  private record Altered(Bytes key, Latest expected) {}

  TableCheck(StoreView store, Table table) {
    this.store = store;
    this.table = table;
    try (Store.Cursor cursor = store.scan(table, new byte[0])) {
      while (cursor.next()) {
        if (table != Table.META || !WITHOUT_ENTRY.contains(name(Bytes.owned(cursor.key())))) {
          byte[] hash = RowList.leafHash(table, cursor.key(), cursor.value());
          there.put(Bytes.owned(cursor.key()), Bytes.owned(hash));
        }
      }
    }
  }

  /** Takes a row of the table that an entry wrote; entries come in the log's order. */
  void wrote(long entry, RowList.Row row) {
    @Nullable Bytes present = there.get(row.key());
    if (present != null && row.leafHash().equals(present)) {
      asWrittenBy.put(row.key(), entry);
    }
    if (present == null && row.deleted()) {
      latest.remove(row.key());
    } else {
      latest.put(row.key(), new Latest(entry, row.deleted(), row.leafHash()));
    }
  }

  /** Of this entry it is not known what it wrote; nothing is said that it could explain. */
  void unknown(long entry) {
    unknown = entry;
  }

  void end(Consumer<Fault> faults) {
    List<Altered> altered = new ArrayList<>();
    there.forEach(
        (key, hash) -> {
          @Nullable Latest last = latest.get(key);
          if ((last != null && last.hash().equals(hash)) || explained(last)) {
            return;
          }
          if (last == null) {
            faults.accept(fault(Fault.Code.INSERTED, key, null, "no entry wrote it"));
          } else if (asWrittenBy.containsKey(key)) {
            String detail = "it is as entry " + asWrittenBy.get(key) + " wrote it";
            faults.accept(fault(Fault.Code.ROLLED_BACK, key, last.entry(), detail));
          } else if (last.deleted()) {
            faults.accept(fault(Fault.Code.INSERTED, key, last.entry(), "it was deleted"));
          } else {
            altered.add(new Altered(key, last));
          }
        });
    altered(altered, faults);
    latest.forEach(
        (key, last) -> {
          if (!last.deleted() && !there.containsKey(key) && !explained(last)) {
            faults.accept(fault(Fault.Code.MISSING, key, last.entry(), "it is not there"));
          }
        });
  }

  private boolean explained(@Nullable Latest last) {
    return (last == null ? -1 : last.entry()) < unknown;
  }

  private void altered(List<Altered> rows, Consumer<Fault> faults) {
    for (Altered row : rows) {
      Fault fault =
          fault(Fault.Code.ALTERED, row.key(), row.expected().entry(), "it is not as written");
      if (rows.size() <= MAX_SWAPPED) {
        byte @Nullable [] value = store.get(table, row.key().unsafeArray());
        for (Altered other : rows) {
          byte[] moved = RowList.leafHash(table, other.key().unsafeArray(), value);
          if (!other.key().equals(row.key())
              && other.expected().hash().equals(Bytes.owned(moved))) {
            String detail = "it holds what belongs to " + name(other.key());
            fault = fault(Fault.Code.SWAPPED, row.key(), row.expected().entry(), detail);
          }
        }
      }
      faults.accept(fault);
    }
  }

  private Fault fault(Fault.Code code, Bytes key, @Nullable Long entry, String detail) {
    return new Fault(code, table, null, entry, name(key), detail);
  }

  /**
   * Names of the meta table are words and blind values, those of a leak check its id and a part;
   * anything else was not written by us.
   */
  private String name(Bytes key) {
    if (table == Table.LEAKS && key.length() == PART_KEY_BYTES) {
      byte[] row = key.unsafeArray();
      return Id.read(row, 0) + "/" + BigEndian.getInt(row, PART_AT);
    }
    String text = new String(key.unsafeArray(), StandardCharsets.UTF_8);
    return text.matches("[a-z0-9_/.-]{1,200}") ? text : key.hex();
  }
}

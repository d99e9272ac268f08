package org.strongroom.vault;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Comparison;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Fault;
import org.strongroom.audit.RowJoin;
import org.strongroom.audit.RowList;
import org.strongroom.audit.RowSums;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Holds the ranges of registered leaks against the entries that wrote them. Such rows are written
 * once, and neither changed nor deleted. In fixed memory; for one thread at a time.
 */
final class LeakRangeCheck {
  private static final int LEAK_BYTES = 2;
  private static final int LEAK_HEX = 2 * LEAK_BYTES;

  private final StoreView store;
  private final Comparison comparison;
  private final RowSums logged;

  /** Whether rows may be there of which no list tells, since their list is of no use. */
  private boolean unlisted;

  LeakRangeCheck(StoreView store, Comparison comparison) {
    this.store = store;
    this.comparison = comparison;
    this.logged = comparison.sums();
  }

  /** Takes a row that an entry wrote. */
  void wrote(RowList.Row row) {
    logged.add(row.key().unsafeArray(), row.leafHash().unsafeArray());
  }

  /** Of this entry it is not known what it wrote; nothing is said that it could explain. */
  void unknown(@Nullable Entry entry) {
    unlisted |= entry == null || entry.kind() == Entry.Kind.LEAK;
  }

  /**
   * After the last entry.
   *
   * @param lists walks the rows that entries wrote
   */
  void end(RowJoin.Walk lists, Consumer<Fault> faults) {
    RowSums there = comparison.sums();
    walk((key, hash, context) -> there.add(key, hash));
    comparison
        .join(logged, there)
        .differences(
            lists,
            this::walk,
            difference -> {
              if (!unlisted || difference.expected() != null) {
                faults.accept(fault(difference));
              }
            });
  }

  private void walk(RowJoin.Sink rows) {
    try (Store.Cursor cursor = store.scan(Table.LEAK_RANGES, new byte[0])) {
      while (cursor.next()) {
        byte[] hash = RowList.leafHash(Table.LEAK_RANGES, cursor.key(), cursor.value());
        rows.row(cursor.key(), hash, RowJoin.Context.NONE);
      }
    }
  }

  private static Fault fault(RowJoin.Difference of) {
    byte[] key = of.key().unsafeArray();
    String detail =
        switch (of.code()) {
          case MISSING -> "it is not there";
          case INSERTED -> "no entry wrote it";
          default -> "it is not as it was written";
        };
    String row =
        key.length > LEAK_BYTES
            ? ((key[0] & 0xff) << 8 | (key[1] & 0xff)) + "/" + of.key().hex().substring(LEAK_HEX)
            : of.key().hex();
    return new Fault(of.code(), Table.LEAK_RANGES, null, of.context().entry(), row, detail);
  }
}

package org.strongroom.ingest;

import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;

/**
 * Where an import stands in the audit log: an entry for each batch, those of others perhaps between
 * them.
 *
 * @param log its origin
 * @param first index of the first batch's entry
 * @param last of the last one's
 */
public record Receipts(String log, long first, long last) {
  /** These and one more, which is newer. */
  static Receipts with(@Nullable Receipts before, Receipt next) {
    return new Receipts(next.log(), before == null ? next.index() : before.first(), next.index());
  }

  /** Both, where either may be none. */
  public static @Nullable Receipts spanning(@Nullable Receipts one, @Nullable Receipts other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return new Receipts(
        one.log(), Math.min(one.first(), other.first()), Math.max(one.last(), other.last()));
  }
}

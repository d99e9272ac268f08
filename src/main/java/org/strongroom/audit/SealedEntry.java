package org.strongroom.audit;

import java.util.List;

/** An entry as it goes into the log. */
final class SealedEntry {
  private final byte[] leaf;
  private final long hour;
  private final List<byte[]> terms;
  private final byte[] rowList;

  private SealedEntry(byte[] leaf, long hour, List<byte[]> terms, byte[] rowList) {
    this.leaf = leaf;
    this.hour = hour;
    this.terms = terms;
    this.rowList = rowList;
  }

  /**
   * Seals an entry, with a commitment to the rows that its change commits to.
   *
   * @throws org.strongroom.kernel.VaultException {@code TOO_LARGE} for an entry that is too long
   */
  static SealedEntry of(Entry entry, Change change, EntryCodec codec, LogIndex index) {
    byte[] rows = change.rowList();
    byte[] leaf = codec.seal(entry.with(change.written(rows)));
    return new SealedEntry(leaf, LogIndex.hour(entry), index.terms(entry), rows);
  }

  byte[] leaf() {
    return leaf;
  }

  /** See {@link LogIndex#hour}. */
  long hour() {
    return hour;
  }

  /** By which the entry is found. */
  List<byte[]> terms() {
    return terms;
  }

  /** Of the rows that the entry commits to; empty for none. */
  byte[] rowList() {
    return rowList;
  }
}

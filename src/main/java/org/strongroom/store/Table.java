package org.strongroom.store;

import java.util.Arrays;
import java.util.Optional;

/**
 * The tables of a vault. Ids are written to disk and stay for ever; keys lie in their order, those
 * that finds read before all that finds write, so that what is written never spans what is read.
 * {@link #partitionBytes()} is the length of the key's fixed prefix, by which a distributed engine
 * would partition.
 */
public enum Table {
  /**
   * Subject: its data key, wrapped; and collection, record, version (newest first): sealed parts.
   */
  RECORDS(3, 18),
  /** Index id, blind value[, subject, record]: subject and record, or empty. */
  INDEX(4, 18),
  /** Subject, blob, chunk: sealed photo chunks. */
  BLOBS(5, 16),
  /** Log index: sealed entry. */
  AUDIT_ENTRIES(6, 0),
  /** Level, tile number: 256 hashes (C2SP tlog-tiles, full tiles only). */
  AUDIT_TILES(7, 1),
  /** Blind value of an actor, subject, purpose or kind, log index (newest first): empty. */
  AUDIT_ABOUT(8, 16),
  /** Log index: which rows the entry wrote, in their order. */
  AUDIT_ROWS(9, 0),
  /** Log index (newest first) of an entry in another hour than the one before: its hour. */
  AUDIT_HOURS(10, 0),
  /** Leak check, part: what it found, sealed. */
  LEAKS(11, 16),
  /** Leak, blind value of a range: keys of the identifiers in it, sealed. Written once. */
  LEAK_RANGES(12, 18),
  /** Name: vault id, collections, policy, users (sealed), keysets (wrapped). */
  META(13, 0);

  private final byte id;
  private final int partitionBytes;

  Table(int id, int partitionBytes) {
    this.id = (byte) id;
    this.partitionBytes = partitionBytes;
  }

  /** The table with this id, if there is one. */
  public static Optional<Table> ofId(int id) {
    return Arrays.stream(values()).filter(table -> table.id == id).findFirst();
  }

  public byte id() {
    return id;
  }

  public int partitionBytes() {
    return partitionBytes;
  }
}

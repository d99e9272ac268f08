package org.strongroom.audit;

import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Batch;
import org.strongroom.store.Table;

/**
 * A set of keys, each by a hash of 64 bits: it may take two keys for one, never one for two. The
 * keys of a vault are random themselves, so that nobody can choose ones that meet. For one thread.
 */
final class KeyHashes {
  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final int MIN_SLOTS = 64;

  /** At most half full; zero is a free slot. */
  private long[] slots = new long[MIN_SLOTS];

  private int size;

  /** Never zero. */
  static long hash(Table table, byte[] key) {
    long hash = table.id() * MIX;
    int at = 0;
    for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
      hash = mixed(hash ^ BigEndian.getLong(key, at));
    }
    long rest = key.length;
    for (; at < key.length; at++) {
      rest = rest << Byte.SIZE | (key[at] & 0xff);
    }
    hash = mixed(hash ^ rest);
    return hash == 0 ? 1 : hash;
  }

  static long hash(Batch.Change change) {
    return hash(change.table(), change.key());
  }

  private static long mixed(long bits) {
    long product = bits * MIX;
    return product ^ (product >>> 32);
  }

  void add(long hash) {
    if (2 * (size + 1) > slots.length) {
      long[] before = slots;
      slots = new long[2 * before.length];
      for (long each : before) {
        if (each != 0) {
          slots[slot(each)] = each;
        }
      }
    }
    int slot = slot(hash);
    if (slots[slot] == 0) {
      slots[slot] = hash;
      size++;
    }
  }

  boolean has(long hash) {
    return slots[slot(hash)] != 0;
  }

  int size() {
    return size;
  }

  /** All of them, in no order. */
  long[] toArray() {
    long[] out = new long[size];
    int at = 0;
    for (long each : slots) {
      if (each != 0) {
        out[at++] = each;
      }
    }
    return out;
  }

  /** Where the hash is, or belongs. */
  private int slot(long hash) {
    int slot = (int) (hash >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}

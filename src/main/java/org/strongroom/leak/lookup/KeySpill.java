package org.strongroom.leak.lookup;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.Scratch;

/**
 * Sorts lookup keys by kind and content, of which there may be more than memory holds. They are
 * dealt out by their first byte, since they are as good as random, to the parts of a {@link
 * Scratch}. Memory: 12 MiB, and twice the keys of one first byte, which is 1/256 of all of their
 * kind. Thread-safe until {@link #ranges}.
 */
final class KeySpill implements Closeable {
  /** So many of a kind at most: more than there are people. */
  static final long MAX_KEYS = 1L << 33;

  private static final int FIRST_BYTES = 256;

  private final Scratch scratch;
  private final Scratch.Writer writer;
  private final long[] counts = new long[LookupKind.values().length * FIRST_BYTES];

  /** Takes a range that has keys. */
  interface Sink {
    /**
     * Takes one.
     *
     * @param suffixes of the keys, one behind the other, ascending, each once
     */
    void range(LookupKind kind, int range, byte[] suffixes) throws IOException;
  }

  KeySpill(Randomness random) throws IOException {
    this.scratch = new Scratch(counts.length, random);
    this.writer = scratch.writer();
  }

  /** Adds a key; the same one may be added again. */
  synchronized void add(LookupKind kind, LookupKey key) throws IOException {
    byte[] bytes = key.value().unsafeArray();
    int part = part(kind, bytes[0] & 0xff);
    if (counts[part]++ >= MAX_KEYS / FIRST_BYTES) {
      throw new VaultException(ErrorCode.TOO_LARGE, "so many identifiers are no leak of people");
    }
    writer.add(part, bytes, 0, LookupKey.BYTES);
  }

  private static int part(LookupKind kind, int first) {
    return (kind.number() - 1) * FIRST_BYTES + first;
  }

  /** Hands out all ranges that have keys, by kind and number. */
  void ranges(Sink out) throws IOException {
    writer.close();
    for (LookupKind kind : LookupKind.values()) {
      for (int first = 0; first < FIRST_BYTES; first++) {
        ranges(kind, first, sortedBySecond(scratch.read(part(kind, first))), out);
      }
    }
  }

  private static byte[] sortedBySecond(byte[] keys) {
    int[] next = new int[FIRST_BYTES + 1];
    for (int at = 1; at < keys.length; at += LookupKey.BYTES) {
      next[(keys[at] & 0xff) + 1] += LookupKey.BYTES;
    }
    for (int i = 1; i <= FIRST_BYTES; i++) {
      next[i] += next[i - 1];
    }
    byte[] out = new byte[keys.length];
    for (int at = 0; at < keys.length; at += LookupKey.BYTES) {
      int second = keys[at + 1] & 0xff;
      System.arraycopy(keys, at, out, next[second], LookupKey.BYTES);
      next[second] += LookupKey.BYTES;
    }
    return out;
  }

  private static void ranges(LookupKind kind, int first, byte[] keys, Sink out) throws IOException {
    for (int from = 0; from < keys.length; ) {
      int to = from;
      while (to < keys.length && keys[to + 1] == keys[from + 1]) {
        to += LookupKey.BYTES;
      }
      Bytes[] suffixes = new Bytes[(to - from) / LookupKey.BYTES];
      for (int i = 0; i < suffixes.length; i++) {
        int at = from + i * LookupKey.BYTES;
        suffixes[i] =
            Bytes.owned(
                Arrays.copyOfRange(keys, at + LookupKey.PREFIX_BYTES, at + LookupKey.BYTES));
      }
      Arrays.sort(suffixes);
      out.range(kind, first << 8 | (keys[from + 1] & 0xff), distinct(suffixes));
      from = to;
    }
  }

  private static byte[] distinct(Bytes[] sorted) {
    byte[] out = new byte[sorted.length * LookupKey.SUFFIX_BYTES];
    int used = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || !sorted[i].equals(sorted[i - 1])) {
        System.arraycopy(sorted[i].unsafeArray(), 0, out, used, LookupKey.SUFFIX_BYTES);
        used += LookupKey.SUFFIX_BYTES;
      }
    }
    return Arrays.copyOf(out, used);
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}

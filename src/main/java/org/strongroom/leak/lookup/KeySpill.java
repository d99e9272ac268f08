package org.strongroom.leak.lookup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Veil;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Sorts lookup keys by kind and content, of which there may be more than memory holds. They are
 * dealt out by their first byte, since they are as good as random, and lie in a scratch file under
 * a {@link Veil}, whose key ends with this object. Memory: 3 MiB, and twice the keys of one first
 * byte, which is 1/256 of all of their kind. Thread-safe until {@link #ranges}.
 */
final class KeySpill implements Closeable {
  /** So many of a kind at most: more than there are people. */
  static final long MAX_KEYS = 1L << 33;

  private static final int FIRST_BYTES = 256;
  private static final int CHUNK_BYTES = 4096;

  private final Path file;
  private final FileChannel scratch;
  private final Veil veil;
  private final Pile[] piles = new Pile[LookupKind.values().length * FIRST_BYTES];
  private int chunks;

  /** Keys of one kind that begin with the same byte. */
  private static final class Pile {
    private final byte[] open = new byte[CHUNK_BYTES];
    private final List<Integer> written = new ArrayList<>();
    private int used;
  }

  /** Takes a range that has keys. */
  interface Sink {
    /**
     * Takes one.
     *
     * @param suffixes of the keys, one behind the other, ascending, each once
     */
    void range(LookupKind kind, int range, byte[] suffixes) throws IOException;
  }

  /**
   * @param directory where the scratch file may be made; it is deleted when this is closed
   */
  KeySpill(Path directory, Randomness random) throws IOException {
    this.file = Files.createTempFile(directory, "leak-keys", ".scratch");
    this.scratch =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    this.veil = new Veil(random);
    for (int i = 0; i < piles.length; i++) {
      piles[i] = new Pile();
    }
  }

  /** Adds a key; the same one may be added again. */
  synchronized void add(LookupKind kind, LookupKey key) throws IOException {
    byte[] bytes = key.value().unsafeArray();
    Pile pile = piles[(kind.number() - 1) * FIRST_BYTES + (bytes[0] & 0xff)];
    System.arraycopy(bytes, 0, pile.open, pile.used, LookupKey.BYTES);
    pile.used += LookupKey.BYTES;
    if (pile.used == CHUNK_BYTES) {
      if (pile.written.size() >= MAX_KEYS / FIRST_BYTES / (CHUNK_BYTES / LookupKey.BYTES)) {
        throw new VaultException(ErrorCode.TOO_LARGE, "so many identifiers are no leak of people");
      }
      veil.cover(pile.open, 0, CHUNK_BYTES);
      ByteBuffer chunk = ByteBuffer.wrap(pile.open);
      for (long at = (long) chunks * CHUNK_BYTES; chunk.hasRemaining(); ) {
        at += scratch.write(chunk, at);
      }
      pile.written.add(chunks++);
      pile.used = 0;
    }
  }

  /** Hands out all ranges that have keys, by kind and number. */
  void ranges(Sink out) throws IOException {
    for (LookupKind kind : LookupKind.values()) {
      for (int first = 0; first < FIRST_BYTES; first++) {
        Pile pile = piles[(kind.number() - 1) * FIRST_BYTES + first];
        ranges(kind, first, sortedBySecond(keys(pile)), out);
      }
    }
  }

  private byte[] keys(Pile pile) throws IOException {
    int whole = Math.multiplyExact(pile.written.size(), CHUNK_BYTES);
    byte[] keys = new byte[Math.addExact(whole, pile.used)];
    int to = 0;
    for (int chunk : pile.written) {
      ByteBuffer into = ByteBuffer.wrap(keys, to, CHUNK_BYTES);
      for (long at = (long) chunk * CHUNK_BYTES; into.hasRemaining(); ) {
        int read = scratch.read(into, at);
        if (read < 0) {
          throw new IOException("the scratch file is shorter than what was written to it");
        }
        at += read;
      }
      to += CHUNK_BYTES;
    }
    veil.lift(keys, 0, whole);
    System.arraycopy(pile.open, 0, keys, whole, pile.used);
    return keys;
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
    Files.deleteIfExists(file);
  }
}

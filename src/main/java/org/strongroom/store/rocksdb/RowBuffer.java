package org.strongroom.store.rocksdb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.store.Batch;

/**
 * Changes outside the heap, where hundreds of thousands of them cost the garbage collector nothing,
 * and in the form in which RocksDB takes them without a copy. For one thread at a time.
 *
 * <pre>
 * row = key length(4) value length(4), -1 for a deletion; table(1) key; value
 * </pre>
 */
final class RowBuffer implements AutoCloseable {
  private static final int CHUNK_BYTES = 4 << 20;
  private static final int HEAD_BYTES = 8;
  private static final int DELETED = -1;

  private final Spares spares;
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final @Nullable TableRows[] tables = new @Nullable TableRows[Byte.MAX_VALUE];
  private ByteBuffer last = ByteBuffer.allocate(0);
  private int rows;
  private long bytes;

  RowBuffer(Spares spares) {
    this.spares = spares;
  }

  /** Chunks that are free for the next buffer: memory outside the heap is slow to get. */
  static final class Spares {
    private static final int MOST = 32;

    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();

    private synchronized ByteBuffer take() {
      ByteBuffer spare = chunks.poll();
      return spare == null ? ByteBuffer.allocateDirect(CHUNK_BYTES) : spare.clear();
    }

    private synchronized void giveBack(List<ByteBuffer> used) {
      for (ByteBuffer chunk : used) {
        if (chunk.capacity() == CHUNK_BYTES && chunks.size() < MOST) {
          chunks.push(chunk);
        }
      }
    }
  }

  /** Takes rows in the order of their keys, which are led by the id of their table. */
  interface Sink<E extends Exception> {
    /** The rows that follow are of another table. */
    void begin() throws E;

    /** Both direct, from position to limit; to be read only, and during the call. */
    void put(ByteBuffer key, ByteBuffer value) throws E;

    void delete(byte[] key) throws E;
  }

  void add(Batch batch) {
    batch.changes().forEach(this::add);
  }

  private void add(Batch.Change change) {
    byte[] key = change.key();
    byte @Nullable [] value = change.value();
    int keyBytes = key.length + 1;
    int valueBytes = value == null ? 0 : value.length;
    ByteBuffer to = withRoom(HEAD_BYTES + keyBytes + valueBytes);
    TableRows of = tables[change.table().id()];
    if (of == null) {
      of = new TableRows();
      tables[change.table().id()] = of;
    }
    of.add(key, chunks.size() - 1, to.position());
    to.putInt(keyBytes).putInt(value == null ? DELETED : valueBytes);
    to.put(change.table().id()).put(key);
    if (value != null) {
      to.put(value);
    }
    rows++;
    bytes += keyBytes + valueBytes;
  }

  private ByteBuffer withRoom(int needed) {
    if (last.remaining() < needed) {
      last =
          (needed > CHUNK_BYTES ? ByteBuffer.allocateDirect(needed) : spares.take())
              .order(ByteOrder.nativeOrder());
      chunks.add(last);
    }
    return last;
  }

  int rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  /** Hands all rows out, of those with the same key the last that was added. */
  <E extends Exception> void sorted(Sink<E> sink) throws E {
    Views views = new Views(chunks);
    for (TableRows of : tables) {
      if (of != null) {
        sink.begin();
        of.sorted(views, sink);
      }
    }
  }

  @Override
  public void close() {
    spares.giveBack(chunks);
    chunks.clear();
    Arrays.fill(tables, null);
    last = ByteBuffer.allocate(0);
  }

  /** Two windows on each chunk, to hand out without an object for each row. */
  private static final class Views {
    private final ByteBuffer[] keys;
    private final ByteBuffer[] values;

    Views(List<ByteBuffer> chunks) {
      this.keys = new ByteBuffer[chunks.size()];
      this.values = new ByteBuffer[chunks.size()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = chunks.get(i).duplicate().order(ByteOrder.nativeOrder()).clear();
        values[i] = chunks.get(i).duplicate().order(ByteOrder.nativeOrder()).clear();
      }
    }

    ByteBuffer key(int chunk, int at) {
      ByteBuffer key = keys[chunk].clear();
      int from = at + HEAD_BYTES;
      return key.limit(from + key.getInt(at)).position(from);
    }

    /** Null for a deletion. */
    @Nullable ByteBuffer value(int chunk, int at) {
      ByteBuffer value = values[chunk].clear();
      int length = value.getInt(at + Integer.BYTES);
      int from = at + HEAD_BYTES + value.getInt(at);
      return length == DELETED ? null : value.limit(from + length).position(from);
    }
  }

  /** The rows of one table: where they are, and the first bytes of their keys to sort them by. */
  private static final class TableRows {
    private static final int FIRST_BYTES = 5;

    /** A row's number stands below those bytes: one sort of plain numbers orders nearly all. */
    private static final int NUMBER_BITS = 24;

    private static final int MAX_ROWS = 1 << NUMBER_BITS;

    private long[] order = new long[256];
    private int[] chunk = new int[256];
    private int[] at = new int[256];
    private int count;

    void add(byte[] key, int inChunk, int offset) {
      if (count == order.length) {
        if (count == MAX_ROWS) {
          throw new BugException("too many rows for one run");
        }
        int room = 2 * count;
        order = Arrays.copyOf(order, room);
        chunk = Arrays.copyOf(chunk, room);
        at = Arrays.copyOf(at, room);
      }
      long first = 0;
      for (int i = 0; i < FIRST_BYTES; i++) {
        first = first << Byte.SIZE | (i < key.length ? key[i] & 0xff : 0);
      }
      // With the first bit flipped, numbers order as unsigned bytes do.
      order[count] = (first << NUMBER_BITS | count) ^ Long.MIN_VALUE;
      chunk[count] = inChunk;
      at[count] = offset;
      count++;
    }

    <E extends Exception> void sorted(Views views, Sink<E> sink) throws E {
      Arrays.sort(order, 0, count);
      int from = 0;
      while (from < count) {
        int to = from + 1;
        while (to < count && (order[to] ^ order[from]) >>> NUMBER_BITS == 0) {
          to++;
        }
        if (to - from == 1) {
          emit(views, number(from), sink);
        } else {
          emitAlike(views, from, to, sink);
        }
        from = to;
      }
    }

    private int number(int place) {
      return (int) order[place] & (MAX_ROWS - 1);
    }

    /** Rows whose keys begin alike, in the order in which they were added. */
    private <E extends Exception> void emitAlike(Views views, int from, int to, Sink<E> sink)
        throws E {
      Integer[] alike = new Integer[to - from];
      for (int i = 0; i < alike.length; i++) {
        alike[i] = number(from + i);
      }
      // Stable: of rows with the same key the last added stays the last.
      Arrays.sort(alike, (one, other) -> compare(views, one, other));
      for (int i = 0; i < alike.length; i++) {
        if (i + 1 == alike.length || compare(views, alike[i], alike[i + 1]) != 0) {
          emit(views, alike[i], sink);
        }
      }
    }

    private int compare(Views views, int one, int other) {
      ByteBuffer a = views.keys[chunk[one]].clear();
      ByteBuffer b = views.values[chunk[other]].clear();
      int aBytes = a.getInt(at[one]);
      int bBytes = b.getInt(at[other]);
      for (int i = 0; i < Math.min(aBytes, bBytes); i++) {
        int byByte =
            Byte.compareUnsigned(
                a.get(at[one] + HEAD_BYTES + i), b.get(at[other] + HEAD_BYTES + i));
        if (byByte != 0) {
          return byByte;
        }
      }
      return Integer.compare(aBytes, bBytes);
    }

    private <E extends Exception> void emit(Views views, int row, Sink<E> sink) throws E {
      ByteBuffer key = views.key(chunk[row], at[row]);
      @Nullable ByteBuffer value = views.value(chunk[row], at[row]);
      if (value != null) {
        sink.put(key, value);
      } else {
        byte[] copy = new byte[key.remaining()];
        key.get(copy);
        sink.delete(copy);
      }
    }
  }
}

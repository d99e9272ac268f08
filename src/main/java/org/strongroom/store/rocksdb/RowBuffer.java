package org.strongroom.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;

/**
 * Changes outside the heap, where hundreds of thousands of them cost the garbage collector nothing,
 * and in the form in which RocksDB takes them without a copy: as in {@link PackedRows}. For one
 * thread at a time.
 */
final class RowBuffer implements AutoCloseable {
  private static final int CHUNK_BYTES = 4 << 20;

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

    /** Lets go of them: nothing large comes in any more. */
    synchronized void clear() {
      chunks.clear();
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

  void add(PackedRows more) {
    byte[] packed = more.packed();
    if (last.remaining() < packed.length) {
      last = packed.length > CHUNK_BYTES ? ByteBuffer.allocateDirect(packed.length) : spares.take();
      chunks.add(last);
    }
    long chunk = (long) (chunks.size() - 1) << Integer.SIZE;
    for (int row = 0; row < more.count(); row++) {
      TableRows of = tables[more.table(row)];
      if (of == null) {
        of = new TableRows();
        tables[more.table(row)] = of;
      }
      of.add(more.first(row), chunk | (last.position() + more.offset(row)));
    }
    last.put(packed);
    rows += more.count();
    bytes += more.bytes();
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
        keys[i] = chunks.get(i).duplicate();
        values[i] = chunks.get(i).duplicate();
      }
    }

    /** The key of the row at {@code place}: the chunk in the upper half, the rest where in it. */
    ByteBuffer key(long place) {
      return key(keys[(int) (place >>> Integer.SIZE)], (int) place);
    }

    /** The key of another row, to hold the two against each other. */
    ByteBuffer otherKey(long place) {
      return key(values[(int) (place >>> Integer.SIZE)], (int) place);
    }

    private static ByteBuffer key(ByteBuffer window, int at) {
      int from = at + PackedRows.HEAD_BYTES;
      return window.clear().limit(from + window.getInt(at)).position(from);
    }

    /** Null for a deletion. */
    @Nullable ByteBuffer value(long place) {
      ByteBuffer value = values[(int) (place >>> Integer.SIZE)].clear();
      int at = (int) place;
      int length = value.getInt(at + Integer.BYTES);
      int from = at + PackedRows.HEAD_BYTES + value.getInt(at);
      return length == PackedRows.DELETED ? null : value.limit(from + length).position(from);
    }
  }

  /** The rows of one table: where they are, and the first bytes of their keys to sort them by. */
  private static final class TableRows {
    /** A row's number stands below those bytes: one sort of plain numbers orders nearly all. */
    private static final int NUMBER_BITS = Long.SIZE - Byte.SIZE * PackedRows.FIRST_BYTES;

    private static final int MAX_ROWS = 1 << NUMBER_BITS;

    private long[] order = new long[256];
    private long[] places = new long[256];
    private int count;

    void add(long first, long place) {
      if (count == order.length) {
        if (count == MAX_ROWS) {
          throw new BugException("too many rows for one run");
        }
        order = Arrays.copyOf(order, 2 * count);
        places = Arrays.copyOf(places, 2 * count);
      }
      // With the first bit flipped, numbers order as unsigned bytes do.
      order[count] = (first << NUMBER_BITS | count) ^ Long.MIN_VALUE;
      places[count] = place;
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
        } else if (to - from == 2) {
          emitPair(views, number(from), number(from + 1), sink);
        } else {
          emitAlike(views, from, to, sink);
        }
        from = to;
      }
    }

    private int number(int place) {
      return (int) order[place] & (MAX_ROWS - 1);
    }

    /** What nearly all are that begin alike, so it goes without sorting objects. */
    private <E extends Exception> void emitPair(Views views, int first, int last, Sink<E> sink)
        throws E {
      int order = compare(views, first, last);
      if (order != 0) {
        emit(views, order < 0 ? first : last, sink);
      }
      emit(views, order > 0 ? first : last, sink);
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
      ByteBuffer a = views.key(places[one]);
      ByteBuffer b = views.otherKey(places[other]);
      int aBytes = a.remaining();
      int bBytes = b.remaining();
      for (int i = 0; i < Math.min(aBytes, bBytes); i++) {
        int byByte = Byte.compareUnsigned(a.get(a.position() + i), b.get(b.position() + i));
        if (byByte != 0) {
          return byByte;
        }
      }
      return Integer.compare(aBytes, bBytes);
    }

    private <E extends Exception> void emit(Views views, int row, Sink<E> sink) throws E {
      ByteBuffer key = views.key(places[row]);
      @Nullable ByteBuffer value = views.value(places[row]);
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

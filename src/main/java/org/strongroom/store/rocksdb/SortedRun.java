package org.strongroom.store.rocksdb;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.store.Store;

/** Rows that become sorted files once they are all there; see {@link Staging}. */
final class SortedRun implements Store.Run {
  /** Below this, making files and taking them in costs more than it saves. */
  static final int MIN_ROWS = 4096;

  private final RowBuffer rows;
  private final Staging staging;
  private final Function<RowBuffer, Staged> writer;
  private final Runnable whenClosed;
  private @Nullable Staged staged;
  private boolean finished;
  private boolean closed;

  /**
   * What became of the rows.
   *
   * @param files by the order of their keys
   * @param known what was told of the keys; null for none
   */
  record Staged(List<String> files, @Nullable KeyFilter known) {
    Staged {
      files = List.copyOf(files);
    }
  }

  /**
   * @param writer writes rows to files
   */
  SortedRun(Staging staging, Function<RowBuffer, Staged> writer, Runnable whenClosed) {
    this.rows = new RowBuffer(staging.spares());
    this.staging = staging;
    this.writer = writer;
    this.whenClosed = whenClosed;
  }

  @Override
  public void add(Store.Rows more) {
    require(!finished);
    rows.add((PackedRows) more);
  }

  @Override
  public int rows() {
    return rows.rows();
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  @Override
  public void finish() {
    require(!finished);
    finished = true;
    if (rows.rows() >= MIN_ROWS) {
      staged = writer.apply(rows);
      rows.close();
    }
  }

  /** Null when the rows were not worth any file. */
  @Nullable Staged staged() {
    require(finished);
    return staged;
  }

  /** The rows, where there are no files of them. */
  RowBuffer buffered() {
    require(finished);
    return rows;
  }

  private void require(boolean state) {
    if (closed || !state) {
      throw new BugException("the run is " + (closed ? "closed" : finished ? "finished" : "open"));
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      rows.close();
      if (staged != null) {
        staging.delete(staged.files());
      }
      whenClosed.run();
    }
  }
}

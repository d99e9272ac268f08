package org.strongroom.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that went through; the count may be read by any thread. */
public final class CountingInput extends FilterInputStream {
  private volatile long count;

  public CountingInput(InputStream in) {
    super(in);
  }

  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    if (read >= 0) {
      add(1);
    }
    return read;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read = in.read(to, offset, length);
    if (read > 0) {
      add(read);
    }
    return read;
  }

  // One thread reads, so adding need not be atomic.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void add(int read) {
    count += read;
  }

  @Override
  public long skip(long n) {
    throw new UnsupportedOperationException("the input is only read");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}

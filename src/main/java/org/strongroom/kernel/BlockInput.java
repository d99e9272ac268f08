package org.strongroom.kernel;

import java.io.IOException;
import java.io.InputStream;

/**
 * An input over another one, whose reading of blocks is all that it does: single bytes and what is
 * skipped go through that as well. For one thread. Closing closes the other one.
 */
public abstract class BlockInput extends InputStream {
  /** What is read from. */
  protected final InputStream in;

  protected BlockInput(InputStream in) {
    this.in = in;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] to, int offset, int length) throws IOException;

  @Override
  public void close() throws IOException {
    in.close();
  }
}

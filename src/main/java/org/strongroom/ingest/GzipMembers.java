package org.strongroom.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.strongroom.kernel.BlockInput;

/**
 * Decompresses gzip (RFC 1952), any number of members. The JDK's own stream takes a damaged member
 * after the first, or a pause of the network before it, for the end of the file; this one treats
 * whatever follows a member as a member, zero padding aside.
 */
public final class GzipMembers extends BlockInput {
  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int DEFLATE = 8;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[64 << 10];
  private int pos;
  private int limit;
  private boolean inMember;
  private boolean first = true;

  public GzipMembers(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (true) {
        if (!inMember) {
          if (!nextMember()) {
            return -1;
          }
        }
        int count = inflater.inflate(to, offset, length);
        if (count > 0) {
          crc.update(to, offset, count);
          return count;
        }
        if (inflater.finished()) {
          endMember();
        } else if (inflater.needsInput()) {
          feed();
        } else {
          throw new Refusal(Fault.BROKEN_GZIP.problem());
        }
      }
    } catch (DataFormatException e) {
      throw new Refusal(Fault.BROKEN_GZIP.problem());
    }
  }

  private void feed() throws IOException {
    if (pos == limit) {
      refill();
    }
    inflater.setInput(buffer, pos, limit - pos);
    pos = limit;
  }

  private boolean nextMember() throws IOException {
    int magic = skipPadding();
    if (magic < 0) {
      return false;
    }
    if (magic != 0x1f || next() != 0x8b || next() != DEFLATE) {
      throw new Refusal(Fault.BROKEN_GZIP.problem());
    }
    int flags = next();
    skip(6);
    if ((flags & FLAG_EXTRA) != 0) {
      int low = next();
      skip(low | next() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    crc.reset();
    inMember = true;
    first = false;
    return true;
  }

  /** The byte after any zero padding, or -1 at the end; before the first member there is none. */
  private int skipPadding() throws IOException {
    int value = 0;
    while (value == 0) {
      if (pos == limit && !more()) {
        return -1;
      }
      value = buffer[pos++] & 0xff;
      if (first) {
        break;
      }
    }
    return value;
  }

  private void endMember() throws IOException {
    pos -= inflater.getRemaining();
    inMember = false;
    if (nextInt() != (int) crc.getValue() || nextInt() != (int) inflater.getBytesWritten()) {
      throw new Refusal(Fault.BROKEN_GZIP.problem());
    }
  }

  private int nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int value;
    do {
      value = next();
    } while (value != 0);
  }

  private int next() throws IOException {
    if (pos == limit) {
      refill();
    }
    return buffer[pos++] & 0xff;
  }

  private void refill() throws IOException {
    if (!more()) {
      throw new Refusal(Fault.TRUNCATED_GZIP.problem());
    }
  }

  private boolean more() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    pos = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    super.close();
  }
}

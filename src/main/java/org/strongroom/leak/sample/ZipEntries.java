package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BlockInput;

/**
 * The files in a zip file that comes as a stream, in its order. The central directory at the end is
 * not used, but has to be there: without it the file was cut. For one thread.
 */
final class ZipEntries {
  private final String file;
  private final Tail tail;
  private final ZipInputStream zip;

  ZipEntries(InputStream in, String file) {
    this.file = file;
    this.tail = new Tail(in);
    // Names that are not said to be UTF-8 may be in any encoding; this one refuses none.
    this.zip = new ZipInputStream(tail, ISO_8859_1);
  }

  String file() {
    return file;
  }

  /** The name of the next file, which {@link #content} then holds; null at the end. */
  @Nullable String next() throws IOException {
    try {
      while (true) {
        @Nullable ZipEntry entry = zip.getNextEntry();
        if (entry == null) {
          requireEnd();
          return null;
        }
        if (!entry.isDirectory()) {
          return entry.getName();
        }
      }
    } catch (IOException e) {
      throw Unpacked.reason(e, file, "zip");
    }
  }

  /** The present file; ends where it ends. */
  InputStream content() {
    return zip;
  }

  private void requireEnd() throws IOException {
    byte[] rest = new byte[1 << 16];
    while (tail.read(rest, 0, rest.length) >= 0) {
      // Only its end is of interest.
    }
    if (!tail.holdsEnd()) {
      throw Unreadable.file(file, "the zip data ends in the middle");
    }
  }

  /** Remembers the last bytes that went through. */
  private static final class Tail extends BlockInput {
    /** The end record with the longest comment that it can have. */
    private static final int KEPT = 1 << 17;

    private final byte[] ring = new byte[KEPT];
    private long count;

    Tail(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = in.read(to, offset, Math.min(length, KEPT));
      if (read > 0) {
        int at = (int) (count % KEPT);
        int first = Math.min(read, KEPT - at);
        System.arraycopy(to, offset, ring, at, first);
        System.arraycopy(to, offset + first, ring, 0, read - first);
        count += read;
      }
      return read;
    }

    /** Whether there is an end-of-central-directory record (APPNOTE 4.3.16) among them. */
    boolean holdsEnd() {
      long from = Math.max(0, count - KEPT);
      for (long i = count - 22; i >= from; i--) {
        if (at(i) == 'P' && at(i + 1) == 'K' && at(i + 2) == 5 && at(i + 3) == 6) {
          return true;
        }
      }
      return false;
    }

    private byte at(long i) {
      return ring[(int) (i % KEPT)];
    }
  }
}

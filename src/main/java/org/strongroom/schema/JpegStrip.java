package org.strongroom.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.strongroom.kernel.Bytes;

/**
 * Removes metadata from a JPEG file without touching a pixel. Source: ITU-T T.81 annex B (markers),
 * T.871 (JFIF), ICC.1 annex B (profiles), T.872 section 6.5.3 (the Adobe segment).
 *
 * <p>Of the application segments only three stay, because they decide how the samples become
 * colours: JFIF, without its thumbnail; ICC profiles; and Adobe. So Exif with its GPS position and
 * orientation, XMP, IPTC, maker notes and thumbnails go, and so do comments and whatever follows
 * the end of the image. Not checked: the entropy-coded data.
 */
final class JpegStrip {
  private static final int MARKER = 0xff;
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int COMMENT = 0xfe;
  private static final int APP0 = 0xe0;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
  private static final int JFIF_LENGTH = 16;
  private static final int ADOBE_LENGTH = 14;

  private final byte[] in;
  private final ByteArrayOutputStream out;
  private int at;
  private int width;
  private int height;
  private boolean scanned;

  private JpegStrip(byte[] in) {
    this.in = in;
    this.out = new ByteArrayOutputStream(in.length);
  }

  static boolean isJpeg(byte[] file) {
    return file.length > 3
        && (file[0] & 0xff) == MARKER
        && (file[1] & 0xff) == START
        && (file[2] & 0xff) == MARKER;
  }

  /**
   * The file without its metadata; the argument is not changed.
   *
   * @throws InvalidValue {@code malformed} or {@code bad_size}
   */
  static StrippedImage strip(byte[] file) throws InvalidValue {
    return new JpegStrip(file).strip();
  }

  private StrippedImage strip() throws InvalidValue {
    out.write(in, 0, 2);
    at = 2;
    for (int marker = nextMarker(); marker != END; marker = nextMarker()) {
      segment(marker);
    }
    if (!scanned) {
      throw malformed("it holds no scan");
    }
    out.write(MARKER);
    out.write(END);
    return new StrippedImage(Bytes.owned(out.toByteArray()), width, height);
  }

  private int nextMarker() throws InvalidValue {
    if (at >= in.length || (in[at] & 0xff) != MARKER) {
      throw malformed("it is cut off or a marker is missing");
    }
    while (at < in.length && (in[at] & 0xff) == MARKER) {
      at++;
    }
    if (at >= in.length) {
      throw malformed("it is cut off");
    }
    return in[at++] & 0xff;
  }

  private void segment(int marker) throws InvalidValue {
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= START)) {
      throw malformed("a marker stands where none may");
    }
    if (at + 2 > in.length || length() < 2 || at + length() > in.length) {
      throw malformed("a segment is cut off");
    }
    int length = length();
    boolean application = marker >= APP0 && marker <= APP15;
    if (isFrame(marker)) {
      frame(length);
    }
    if (application) {
      application(marker, length);
    } else if (marker != COMMENT) {
      copy(marker, length, length);
    }
    at += length;
    if (marker == SCAN) {
      scan();
    }
  }

  private int length() {
    return (in[at] & 0xff) << 8 | (in[at + 1] & 0xff);
  }

  /** SOF0 to SOF15, between which stand DHT, JPG and DAC. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private void frame(int length) throws InvalidValue {
    if (length < 8 || width != 0) {
      throw malformed("its frame header is short, or there are two");
    }
    height = (in[at + 3] & 0xff) << 8 | (in[at + 4] & 0xff);
    width = (in[at + 5] & 0xff) << 8 | (in[at + 6] & 0xff);
    StrippedImage.requireSize(width, height);
  }

  private void application(int marker, int length) {
    if (marker == APP0 && length >= JFIF_LENGTH && begins(JFIF)) {
      copy(marker, JFIF_LENGTH, JFIF_LENGTH - 2);
      // A thumbnail of no size in place of whatever there was.
      out.write(0);
      out.write(0);
    } else if (marker == APP2 && length > ICC.length && begins(ICC)) {
      copy(marker, length, length);
    } else if (marker == APP14 && length >= ADOBE_LENGTH && begins(ADOBE)) {
      copy(marker, ADOBE_LENGTH, ADOBE_LENGTH);
    }
  }

  private boolean begins(byte[] name) {
    int from = at + 2;
    return from + name.length <= in.length
        && Arrays.equals(in, from, from + name.length, name, 0, name.length);
  }

  /** Writes a marker, the declared length, and what of the segment fits in {@code bytes}. */
  private void copy(int marker, int declared, int bytes) {
    out.write(MARKER);
    out.write(marker);
    out.write(declared >> 8);
    out.write(declared);
    out.write(in, at + 2, bytes - 2);
  }

  /** Copies entropy-coded data up to the next marker; stuffed zeros and restarts belong to it. */
  private void scan() throws InvalidValue {
    if (width == 0) {
      throw malformed("a scan comes before the frame header");
    }
    int from = at;
    while (at + 1 < in.length) {
      if ((in[at] & 0xff) != MARKER) {
        at++;
        continue;
      }
      int next = in[at + 1] & 0xff;
      if (next == 0 || (next >= 0xd0 && next < START)) {
        at += 2;
      } else {
        out.write(in, from, at - from);
        scanned = true;
        return;
      }
    }
    throw malformed("it is cut off");
  }

  private static InvalidValue malformed(String why) {
    return new InvalidValue("malformed", "is a broken JPEG file: " + why);
  }
}

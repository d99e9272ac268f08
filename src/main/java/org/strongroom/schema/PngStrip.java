package org.strongroom.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;

/**
 * Removes metadata from a PNG file without touching a pixel. Source: W3C Portable Network Graphics
 * (PNG) Specification, third edition.
 *
 * <p>Critical chunks stay, and the ancillary ones that decide how the pixels look. All others go:
 * text, Exif, the time of change, animation frames, private chunks, and whatever follows the end.
 * Every chunk's CRC is checked. Not checked: the compressed data.
 */
final class PngStrip {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
  private static final Set<String> COLOUR =
      Set.of("tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs");
  private static final int HEADER_LENGTH = 13;

  /** Length and type before the data, the CRC behind it. */
  private static final int OVERHEAD = 12;

  private PngStrip() {}

  static boolean isPng(byte[] file) {
    return file.length > SIGNATURE.length
        && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  /**
   * The file without its metadata; the argument is not changed.
   *
   * @throws InvalidValue {@code malformed} or {@code bad_size}
   */
  static StrippedImage strip(byte[] in) throws InvalidValue {
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    out.writeBytes(SIGNATURE);
    int width = 0;
    int height = 0;
    boolean data = false;
    int at = SIGNATURE.length;
    while (true) {
      int length = at + OVERHEAD > in.length ? -1 : BigEndian.getInt(in, at);
      if (length < 0 || length > in.length - at - OVERHEAD) {
        throw malformed("it is cut off");
      }
      String type = new String(in, at + 4, 4, StandardCharsets.ISO_8859_1);
      requireCrc(in, at, length);
      boolean header = type.equals("IHDR");
      if (header != (width == 0) || (header && length != HEADER_LENGTH)) {
        throw malformed("it does not begin with its one header");
      }
      if (header) {
        width = BigEndian.getInt(in, at + 8);
        height = BigEndian.getInt(in, at + 12);
        StrippedImage.requireSize(width, height);
      }
      boolean critical = CRITICAL.contains(type);
      if (!critical && Character.isUpperCase(type.charAt(0))) {
        throw malformed("it holds a critical chunk of an unknown type");
      }
      data |= type.equals("IDAT");
      if (critical || COLOUR.contains(type)) {
        out.write(in, at, OVERHEAD + length);
      }
      at += OVERHEAD + length;
      if (type.equals("IEND")) {
        if (!data || length != 0) {
          throw malformed("it holds no image data");
        }
        return new StrippedImage(Bytes.owned(out.toByteArray()), width, height);
      }
    }
  }

  private static void requireCrc(byte[] in, int at, int length) throws InvalidValue {
    CRC32 crc = new CRC32();
    crc.update(in, at + 4, 4 + length);
    if ((int) crc.getValue() != BigEndian.getInt(in, at + 8 + length)) {
      throw malformed("a chunk's checksum is wrong");
    }
  }

  private static InvalidValue malformed(String why) {
    return new InvalidValue("malformed", "is a broken PNG file: " + why);
  }
}

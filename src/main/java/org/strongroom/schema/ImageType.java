package org.strongroom.schema;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;

/**
 * A JPEG or PNG picture, told by its content, whatever a data URI claims. It comes in as base64 or
 * as a data URI (RFC 4648, RFC 2397) and loses its metadata at once, see {@link JpegStrip} and
 * {@link PngStrip}. Canonical text is the base64 of what is left; {@link #read} spares that detour.
 */
final class ImageType implements FieldType {
  static final int DEFAULT_MAX_BYTES = 4 << 20;

  private final int maxBytes;

  /**
   * @param maxBytes of the file as it came in
   */
  ImageType(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public String name() {
    return "image";
  }

  /** The picture that {@code raw} stands for, without its metadata. */
  Image read(String raw) throws InvalidValue {
    byte[] file = decode(raw);
    boolean jpeg = JpegStrip.isJpeg(file);
    if (!jpeg && !PngStrip.isPng(file)) {
      throw new InvalidValue("not_an_image", "is neither a JPEG nor a PNG file");
    }
    StrippedImage stripped = jpeg ? JpegStrip.strip(file) : PngStrip.strip(file);
    return new Image(
        jpeg ? "image/jpeg" : "image/png",
        stripped.content(),
        stripped.width(),
        stripped.height(),
        sha256(stripped.content()));
  }

  private byte[] decode(String raw) throws InvalidValue {
    // Base64 is four characters for three bytes; line ends and the head of a URI get some room.
    if (raw.length() > maxBytes * 3L / 2 + 1000) {
      throw tooLarge();
    }
    String text = raw.strip();
    if (text.regionMatches(true, 0, "data:", 0, 5)) {
      int comma = text.indexOf(',');
      if (comma < 0 || !text.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
        throw new InvalidValue("not_base64", "is a data URI without base64 content");
      }
      text = text.substring(comma + 1);
    }
    byte[] file;
    try {
      file = Base64.getDecoder().decode(standardAlphabet(text));
    } catch (IllegalArgumentException e) {
      throw new InvalidValue("not_base64", "is neither base64 nor a data URI");
    }
    if (file.length > maxBytes) {
      throw tooLarge();
    }
    return file;
  }

  /** Without white space, and the URL-safe characters of RFC 4648 section 5 made plain. */
  private static String standardAlphabet(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!CleanText.isSpace(c)) {
        out.append(c == '-' ? '+' : c == '_' ? '/' : c);
      }
    }
    return out.toString();
  }

  private InvalidValue tooLarge() {
    return new InvalidValue("too_large", "is larger than " + maxBytes + " bytes");
  }

  private static Bytes sha256(Bytes content) {
    try {
      return Bytes.owned(MessageDigest.getInstance("SHA-256").digest(content.unsafeArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    return Base64.getEncoder().encodeToString(read(raw).content().unsafeArray());
  }

  /** Nothing. */
  @Override
  public String mask(String canonical) {
    return HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.IMAGE;
  }

  @Override
  public Entropy entropy() {
    return Entropy.NONE;
  }
}

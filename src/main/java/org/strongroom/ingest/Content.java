package org.strongroom.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.strongroom.kernel.Bytes;

/** Tells from its first bytes what an input is. */
public final class Content {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int TAR_MAGIC_AT = 257;

  /** First bytes of what people try to import, as the formats' own documents give them. */
  private static final List<Magic> MAGICS =
      List.of(
          new Magic("504b0304", "a zip file"),
          new Magic("504b0506", "an empty zip file"),
          new Magic("89504e470d0a1a0a", "a PNG image"),
          new Magic("ffd8ff", "a JPEG image"),
          new Magic("255044462d", "a PDF document"),
          new Magic("d0cf11e0a1b11ae1", "an old Office document (xls, doc)"),
          new Magic("28b52ffd", "zstd data"),
          new Magic("425a68", "bzip2 data"),
          new Magic("fd377a585a00", "xz data"),
          new Magic("377abcaf271c", "a 7z file"),
          new Magic("04224d18", "lz4 data"),
          new Magic("50415231", "a Parquet file"),
          new Magic("4f626a01", "an Avro file"),
          new Magic("53514c69746520666f726d6174203300", "an SQLite database"),
          new Magic("7f454c46", "a program"),
          new Magic("1f8b", "gzip data inside gzip data"));

  private Content() {}

  private record Magic(Bytes bytes, String what) {
    Magic(String hex, String what) {
      this(Bytes.ofHex(hex), what);
    }
  }

  public static boolean isGzip(byte[] prefix) {
    return startsWith(prefix, GZIP);
  }

  /** The length of the UTF-8 byte order mark at the beginning, 0 if there is none. */
  static int markLength(byte[] prefix) {
    return startsWith(prefix, UTF8_MARK) ? UTF8_MARK.length : 0;
  }

  /** Why this is a file of a known kind that is not read; empty if it is none. */
  public static Optional<String> known(byte[] prefix) {
    for (Magic magic : MAGICS) {
      if (startsWith(prefix, magic.bytes().unsafeArray())) {
        return Optional.of("this is " + named(magic, prefix) + ", which is not supported");
      }
    }
    if (prefix.length > TAR_MAGIC_AT + 5
        && new String(prefix, TAR_MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
      return Optional.of("this is a tar archive, which is not supported; unpack it first");
    }
    return Optional.empty();
  }

  /** Why this is no text that could be read; empty if it may be. */
  static Optional<String> unsupported(byte[] prefix) {
    Optional<String> known = known(prefix);
    if (known.isPresent()) {
      return known;
    }
    if (isUtf16(prefix)) {
      return Optional.of("this is UTF-16 or UTF-32 text; convert it to UTF-8 first");
    }
    boolean json = prefix.length > 0 && (prefix[0] == '{' || prefix[0] == '[');
    for (int i = 0; i < prefix.length && !json && prefix[i] != '\n' && prefix[i] != '\r'; i++) {
      if (prefix[i] == 0) {
        return Optional.of("this is a binary file of a kind that is not supported");
      }
    }
    return Optional.empty();
  }

  private static String named(Magic magic, byte[] prefix) {
    if (!magic.what().equals("a zip file")) {
      return magic.what();
    }
    String names =
        new String(prefix, 0, Math.min(prefix.length, 4096), StandardCharsets.ISO_8859_1);
    if (names.contains("xl/")) {
      return "an Excel workbook (save it as CSV in UTF-8)";
    }
    return names.contains("[Content_Types].xml")
        ? "an Office document (save a sheet as CSV in UTF-8)"
        : "a zip file (unpack it first)";
  }

  private static boolean isUtf16(byte[] prefix) {
    if (prefix.length < 2) {
      return false;
    }
    int mark = ((prefix[0] & 0xff) << 8) | (prefix[1] & 0xff);
    boolean marked = mark == 0xfeff || mark == 0xfffe;
    // Without a mark, the first character of any header or JSON is ASCII, so half of it is zero.
    boolean half = (prefix[0] == 0) != (prefix[1] == 0);
    boolean again = prefix.length < 4 || (prefix[2] == 0) != (prefix[3] == 0);
    return marked || (half && again);
  }

  /** The format, by the first characters and, between NDJSON and others, by whole lines. */
  static Format format(byte[] prefix) {
    int first = firstVisible(prefix);
    if (prefix[first] == '[') {
      return Format.JSON;
    }
    int whole = 0;
    int other = 0;
    int from = first;
    while (true) {
      int end = ByteScan.lineFeed(prefix, from, prefix.length);
      if (end == prefix.length) {
        break;
      }
      int last = end - 1;
      while (last >= from && prefix[last] <= ' ' && prefix[last] >= 0) {
        last--;
      }
      if (last >= from) {
        boolean isObject = prefix[from] == '{' && objectEnd(prefix, from, last + 1) == last + 1;
        whole += isObject ? 1 : 0;
        other += isObject ? 0 : 1;
      }
      from = end + 1;
    }
    if (prefix[first] == '{') {
      if (whole + other == 0) {
        // One line, or the beginning of one: NDJSON unless another object follows in it.
        int end = objectEnd(prefix, first, prefix.length);
        return end < prefix.length ? Format.JSON : Format.NDJSON;
      }
      return whole > 0 && whole >= other ? Format.NDJSON : Format.JSON;
    }
    return whole > other ? Format.NDJSON : Format.CSV;
  }

  /** Whether NDJSON begins with an action of the bulk format. */
  static boolean isBulk(byte[] prefix) {
    int first = firstVisible(prefix);
    int end = ByteScan.lineFeed(prefix, first, prefix.length);
    return LineCutter.isBulkAction(prefix, first, end);
  }

  static boolean isBlank(byte[] prefix) {
    return firstVisible(prefix) == prefix.length;
  }

  private static int firstVisible(byte[] prefix) {
    int i = 0;
    while (i < prefix.length
        && (prefix[i] == ' ' || prefix[i] == '\t' || prefix[i] == '\r' || prefix[i] == '\n')) {
      i++;
    }
    return i;
  }

  /** Where the object at {@code from} ends, or {@code to} if it does not before. */
  private static int objectEnd(byte[] bytes, int from, int to) {
    int depth = 0;
    boolean inString = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (inString) {
        i += b == '\\' ? 1 : 0;
        inString = b != '"';
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return i + 1;
      }
    }
    return to;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}

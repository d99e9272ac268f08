package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How residents are written. Always UTF-8, lines ended by a line feed. */
public enum Format {
  /** One JSON object a line; absent fields are left out. */
  NDJSON,
  /** One JSON array, one object a line. */
  JSON,
  /** RFC 4180 with a header line; absent fields are empty. */
  CSV;

  private static final byte[][] JSON_KEYS =
      Row.FIELDS.stream()
          .map(name -> ("\"" + name + "\":\"").getBytes(UTF_8))
          .toArray(byte[][]::new);
  private static final byte[] HEADER = (String.join(",", Row.FIELDS) + "\n").getBytes(UTF_8);
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  /** What stands before the first record. */
  void open(ByteSink to) {
    switch (this) {
      case NDJSON -> {}
      case JSON -> to.put('[');
      case CSV -> to.put(HEADER);
    }
  }

  /**
   * Writes one record.
   *
   * @param first whether it is the first one of the output
   */
  void write(Row row, boolean first, ByteSink to) {
    switch (this) {
      case NDJSON -> {
        object(row, to);
        to.put('\n');
      }
      case JSON -> {
        if (!first) {
          to.put(',');
        }
        to.put('\n');
        object(row, to);
      }
      case CSV -> line(row, to);
    }
  }

  /** What stands behind the last record. */
  void close(ByteSink to) {
    if (this == JSON) {
      to.put('\n');
      to.put(']');
      to.put('\n');
    }
  }

  private static void object(Row row, ByteSink to) {
    int separator = '{';
    for (int field = 0; field < JSON_KEYS.length; field++) {
      if (!row.absent(field)) {
        to.put(separator);
        separator = ',';
        to.put(JSON_KEYS[field]);
        jsonText(row.text(), row.start(field), row.end(field), to);
        to.put('"');
      }
    }
    if (separator == '{') {
      to.put('{');
    }
    to.put('}');
  }

  /** Copies text, escaping what RFC 8259 section 7 requires. */
  private static void jsonText(ByteSink text, int from, int until, ByteSink to) {
    int copied = from;
    for (int k = from; k < until; k++) {
      byte b = text.at(k);
      // Bytes of multi-byte characters are negative and need no escape.
      if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
        to.put(text, copied, k);
        to.put('\\');
        if (b < ' ') {
          to.put('u');
          to.put('0');
          to.put('0');
          to.put(HEX[b >> 4]);
          to.put(HEX[b & 15]);
        } else {
          to.put(b);
        }
        copied = k + 1;
      }
    }
    to.put(text, copied, until);
  }

  private static void line(Row row, ByteSink to) {
    for (int field = 0; field < JSON_KEYS.length; field++) {
      if (field > 0) {
        to.put(',');
      }
      csvText(row.text(), row.start(field), row.end(field), to);
    }
    to.put('\n');
  }

  private static void csvText(ByteSink text, int from, int until, ByteSink to) {
    if (!needsQuotes(text, from, until)) {
      to.put(text, from, until);
      return;
    }
    to.put('"');
    for (int k = from; k < until; k++) {
      byte b = text.at(k);
      if (b == '"') {
        to.put('"');
      }
      to.put(b);
    }
    to.put('"');
  }

  private static boolean needsQuotes(ByteSink text, int from, int until) {
    for (int k = from; k < until; k++) {
      byte b = text.at(k);
      if (b == ',' || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }
}

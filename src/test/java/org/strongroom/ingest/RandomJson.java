package org.strongroom.ingest;

import java.util.List;
import java.util.Random;

/** Writes random valid JSON with random space, escapes and brackets inside strings. */
final class RandomJson {
  private static final String[] CHARS = {
    "a",
    "é",
    "芳",
    "😀",
    "\\\"",
    "\\\\",
    "\\n",
    "\\/",
    "\\u00e9",
    "\\ud83d\\ude00",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " ",
    "'",
    "7"
  };
  private static final String[] SCALARS = {
    "0", "-1", "12345678901234567890", "1.50", "1e9", "-0.0E+2", "true", "false", "null"
  };

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  String space() {
    StringBuilder out = new StringBuilder();
    while (random.nextInt(3) == 0) {
      out.append(" \n\t\r".charAt(random.nextInt(4)));
    }
    return out.toString();
  }

  /** An array; {@code lines} receives the line on which each element starts. */
  String array(int size, List<Long> lines) {
    StringBuilder out = new StringBuilder(space()).append('[');
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",").append(space());
      lines.add(1 + out.chars().filter(c -> c == '\n').count());
      out.append(random.nextInt(4) == 0 ? value(2) : object(3)).append(space());
    }
    return out.append(space()).append(']').append(space()).toString();
  }

  String object(int depth) {
    StringBuilder out = new StringBuilder("{").append(space());
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      String key = string().replaceFirst("^\"", "\"" + i);
      out.append(i == 0 ? "" : ",").append(space()).append(key);
      out.append(space()).append(':').append(space()).append(value(depth - 1)).append(space());
    }
    return out.append('}').toString();
  }

  private String value(int depth) {
    int kind = random.nextInt(depth > 0 ? 5 : 3);
    if (kind == 4) {
      return object(depth);
    }
    if (kind == 3) {
      StringBuilder out = new StringBuilder("[").append(space());
      int size = random.nextInt(4);
      for (int i = 0; i < size; i++) {
        out.append(i == 0 ? "" : ",").append(space()).append(value(depth - 1)).append(space());
      }
      return out.append(']').toString();
    }
    return kind == 2 ? SCALARS[random.nextInt(SCALARS.length)] : string();
  }

  private String string() {
    StringBuilder out = new StringBuilder("\"");
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      out.append(CHARS[random.nextInt(CHARS.length)]);
    }
    return out.append('"').toString();
  }
}

package org.strongroom.synthetic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import org.strongroom.kernel.BugException;

/** Reads the tables beside this class: tab-separated, "#" lines are their sources. */
final class Facts {
  private Facts() {}

  /** The lines of {@code file}, each split at its tabs. */
  static List<String[]> read(String file) {
    try (InputStream in = Facts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new BugException("the table " + file + " is not in the program");
      }
      return new BufferedReader(new InputStreamReader(in, UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new BugException("the table " + file + " cannot be read", e);
    }
  }

  /** The words of {@code text} as UTF-8. */
  static byte[][] words(String text) {
    return utf8(text.split(" ", -1));
  }

  static byte[][] utf8(String... texts) {
    byte[][] out = new byte[texts.length][];
    for (int k = 0; k < texts.length; k++) {
      out[k] = texts[k].getBytes(UTF_8);
    }
    return out;
  }
}

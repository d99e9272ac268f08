package org.strongroom.bench.peers;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Turns NDJSON of residents into PostgreSQL's text format for {@code COPY}, in two files of about
 * the same size.
 *
 * <p>Arguments: the NDJSON, the two files to write.
 */
public final class CopyText {
  private CopyText() {}

  public static void main(String[] arguments) throws IOException {
    int parts = arguments.length - 1;
    for (int part = 0; part < parts; part++) {
      try (ResidentLines residents = new ResidentLines(Path.of(arguments[0]), part, parts);
          BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[part + 1]))) {
        while (residents.next()) {
          write(residents.values(), out);
        }
      }
    }
  }

  private static void write(@Nullable String[] values, BufferedWriter out) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.write('\t');
      }
      @Nullable String value = values[i];
      if (value == null) {
        out.write("\\N");
        continue;
      }
      for (int c = 0; c < value.length(); c++) {
        switch (value.charAt(c)) {
          case '\\' -> out.write("\\\\");
          case '\t' -> out.write("\\t");
          case '\n' -> out.write("\\n");
          case '\r' -> out.write("\\r");
          default -> out.write(value.charAt(c));
        }
      }
    }
    out.write('\n');
  }
}

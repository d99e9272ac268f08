package org.strongroom.bench.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one part of an NDJSON file of residents, parsed by Jackson and nothing more: no
 * value is checked or brought into a form. A file cut into parts is read by one thread each; a line
 * belongs to the part in which it begins. For one thread.
 */
final class ResidentLines implements Closeable {
  /** The fields of a resident in the order of {@link #values()}. */
  static final List<String> FIELDS =
      List.of(
          "resident_id",
          "name",
          "former_name",
          "sex",
          "date_of_birth",
          "ethnicity",
          "native_place",
          "address",
          "phone",
          "email",
          "occupation",
          "employer",
          "education",
          "marital_status");

  static final int RESIDENT_ID = FIELDS.indexOf("resident_id");
  static final int NAME = FIELDS.indexOf("name");
  static final int DATE_OF_BIRTH = FIELDS.indexOf("date_of_birth");
  static final int PHONE = FIELDS.indexOf("phone");

  private static final int READ_BYTES = 1 << 20;

  private final Map<String, Integer> positions = new HashMap<>();
  private final JsonFactory json = new JsonFactory();
  private final InputStream in;
  private final @Nullable String[] values = new @Nullable String[FIELDS.size()];
  private byte[] line = new byte[4096];
  private int length;
  private long left;

  /** Opens part {@code part} of {@code parts}, counted from 0. */
  ResidentLines(Path file, int part, int parts) throws IOException {
    for (int i = 0; i < FIELDS.size(); i++) {
      positions.put(FIELDS.get(i), i);
    }
    FileChannel channel = FileChannel.open(file);
    long from = channel.size() * part / parts;
    left = channel.size() * (part + 1) / parts - from;
    // The line feed before the part may be the byte before it.
    channel.position(Math.max(0, from - 1));
    in = new BufferedInputStream(Channels.newInputStream(channel), READ_BYTES);
    if (from > 0) {
      left++;
      readLine();
    }
  }

  /** Goes to the next resident; false when there is none. */
  boolean next() throws IOException {
    if (left <= 0 || !readLine()) {
      return false;
    }
    Arrays.fill(values, null);
    try (JsonParser parser = json.createParser(line, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a resident");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Integer position = positions.get(parser.currentName());
        parser.nextToken();
        if (position == null) {
          throw new IOException("a field that the tables lack: " + parser.currentName());
        }
        values[position] = parser.getText();
      }
    }
    return true;
  }

  private boolean readLine() throws IOException {
    length = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      left--;
      if (b == '\n') {
        return true;
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) b;
    }
    return length > 0;
  }

  /** The values of the present resident by position in {@link #FIELDS}; valid until the next. */
  @Nullable String[] values() {
    return values;
  }

  /** The present resident as it stands in the file, {@link #length()} bytes; until the next. */
  byte[] line() {
    return line;
  }

  int length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package org.strongroom.leak;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Id;
import org.strongroom.leak.sample.Rows;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.Index;
import org.strongroom.vault.Compared;
import org.strongroom.vault.Suspect;

/**
 * Writes what became of the records of a sample, a line for each. For one thread. To be closed,
 * which writes what is left.
 */
final class LineWriter implements Closeable {
  private final CollectionSpec spec;
  private final Scratch lines;
  private final BlindIndex hashes;
  private final Scratch.Writer out;
  private final byte[] line;
  private byte[] text = new byte[1 << 12];
  private int length;

  LineWriter(CollectionSpec spec, Scratch lines, BlindIndex hashes) {
    this.spec = spec;
    this.lines = lines;
    this.hashes = hashes;
    this.out = lines.writer();
    this.line = new byte[Line.most(spec.fieldCount())];
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** A row without any valid identifier. */
  void invalid(Rows rows, int row) throws IOException {
    length = 0;
    for (int i = 0; i < rows.values(row); i++) {
      put(rows.column(row, i), rows.value(row, i));
    }
    byte[] digest = hashed();
    add(digest, BigEndian.getLong(digest, 0), rows.firstRecord() + row, Line.State.INVALID);
  }

  /** A record of somebody whom the vault does not hold. */
  void stranger(Suspect suspect, long number) throws IOException {
    add(identity(suspect), digest(suspect), number, Line.State.STRANGER);
  }

  /** A record of a subject. */
  void compared(Suspect suspect, long number, Compared compared) throws IOException {
    int bytes = Line.write(line, compared, digest(suspect), number, spec.fieldCount());
    out.add(lines.part(compared.subject().high()), line, 0, bytes);
  }

  private void add(byte[] key, long digest, long number, Line.State state) throws IOException {
    int bytes = Line.write(line, key, digest, number, state, spec.fieldCount());
    out.add(lines.part(Id.read(key, 0).high()), line, 0, bytes);
  }

  /** Of all that the record says. */
  private long digest(Suspect suspect) {
    length = 0;
    for (int i = 0; i < spec.fieldCount(); i++) {
      @Nullable String value = suspect.at(i);
      if (value != null) {
        put(i, value);
      }
    }
    suspect.others().forEach(other -> put(other.position(), other.value()));
    return BigEndian.getLong(hashed(), 0);
  }

  /** Of the first identifier that it has, so that the records of one stranger come together. */
  private byte[] identity(Suspect suspect) {
    length = 0;
    for (Index index : spec.indexes()) {
      for (Field field : index.fields()) {
        int position = spec.position(field.name());
        @Nullable String value = suspect.at(position);
        if (value != null) {
          put(position, value);
        }
      }
      if (length > 0) {
        break;
      }
    }
    return hashed();
  }

  private void put(int position, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int more = 2 * Integer.BYTES + utf8.length;
    if (length + more > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
    }
    BigEndian.putInt(text, length, position);
    BigEndian.putInt(text, length + Integer.BYTES, utf8.length);
    System.arraycopy(utf8, 0, text, length + 2 * Integer.BYTES, utf8.length);
    length += more;
  }

  private byte[] hashed() {
    return hashes.blind(Arrays.copyOf(text, length));
  }
}

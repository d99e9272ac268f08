package org.strongroom.leak;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Id;
import org.strongroom.leak.judge.Oddities;
import org.strongroom.leak.sample.Mapping;
import org.strongroom.leak.sample.Rows;
import org.strongroom.leak.sample.SuspectMaker;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.Index;
import org.strongroom.vault.Compared;
import org.strongroom.vault.Matching;
import org.strongroom.vault.Suspect;

/**
 * What one thread of a {@link Comparison} works with: makes suspects of rows, has them compared,
 * and writes what became of each. To be closed, which writes what is left.
 */
final class LineWriter implements Closeable {
  private final Matching.Run vault;
  private final CollectionSpec spec;
  private final Scratch lines;
  private final BlindIndex hashes;

  private final Map<Mapping, SuspectMaker> makers = new HashMap<>();
  private final Oddities oddities;
  private final Scratch.Writer out;
  private final byte[] line;
  private final List<Suspect> suspects = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private byte[] text = new byte[1 << 12];
  private int length;

  LineWriter(Matching.Run vault, Scratch lines, BlindIndex hashes) {
    this.vault = vault;
    this.spec = vault.spec();
    this.lines = lines;
    this.hashes = hashes;
    this.oddities = new Oddities(spec);
    this.out = lines.writer();
    this.line = new byte[Line.most(spec.fieldCount())];
  }

  /** The maker for a mapping; null if there was none yet. */
  @Nullable SuspectMaker maker(Mapping mapping) {
    return makers.get(mapping);
  }

  Collection<SuspectMaker> makers() {
    return makers.values();
  }

  Oddities oddities() {
    return oddities;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  void compare(Mapping mapping, Rows rows) throws IOException {
    suspects.clear();
    numbers.clear();
    List<Integer> nobody = new ArrayList<>();
    makers
        .computeIfAbsent(mapping, each -> new SuspectMaker(spec, each))
        .make(
            rows,
            new SuspectMaker.Sink() {
              @Override
              public void suspect(int row, Suspect suspect) {
                suspects.add(suspect);
                numbers.add(rows.firstRecord() + row);
              }

              @Override
              public void none(int row, Set<String> problems) {
                nobody.add(row);
              }
            });
    for (int row : nobody) {
      invalid(rows, row);
    }
    List<@Nullable Compared> compared = vault.compare(suspects);
    BitSet matched = new BitSet(compared.size());
    for (int i = 0; i < compared.size(); i++) {
      matched.set(i, compared.get(i) != null);
      write(suspects.get(i), numbers.get(i), compared.get(i));
    }
    oddities.see(suspects, matched);
  }

  private void write(Suspect suspect, long number, @Nullable Compared compared) throws IOException {
    byte[] digest = digest(suspect);
    long shortened = BigEndian.getLong(digest, 0);
    if (compared == null) {
      add(stranger(suspect), shortened, number, Line.State.STRANGER);
    } else {
      int bytes = Line.write(line, compared, shortened, number, spec.fieldCount());
      out.add(part(compared.subject()), line, 0, bytes);
    }
  }

  private void invalid(Rows rows, int row) throws IOException {
    length = 0;
    for (int i = 0; i < rows.values(row); i++) {
      put(rows.column(row, i), rows.value(row, i));
    }
    byte[] digest = hashed();
    add(digest, BigEndian.getLong(digest, 0), rows.firstRecord() + row, Line.State.INVALID);
  }

  private void add(byte[] key, long digest, long number, Line.State state) throws IOException {
    int bytes = Line.write(line, key, digest, number, state, spec.fieldCount());
    out.add(part(Id.read(key, 0)), line, 0, bytes);
  }

  /** Of all that the record says. */
  private byte[] digest(Suspect suspect) {
    length = 0;
    for (int i = 0; i < spec.fieldCount(); i++) {
      @Nullable String value = suspect.at(i);
      if (value != null) {
        put(i, value);
      }
    }
    suspect.others().forEach(other -> put(other.position(), other.value()));
    return hashed();
  }

  /** Of the first identifier that it has, so that the records of one stranger come together. */
  private byte[] stranger(Suspect suspect) {
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

  private int part(Id key) {
    return ((int) (key.high() >>> (Long.SIZE - Byte.SIZE)) * lines.parts()) >>> Byte.SIZE;
  }
}

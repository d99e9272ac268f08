package org.strongroom.leak;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.judge.Oddities;
import org.strongroom.leak.sample.Mapping;
import org.strongroom.leak.sample.Rows;
import org.strongroom.leak.sample.SuspectMaker;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Matching;
import org.strongroom.vault.Suspect;

/**
 * What one thread of a {@link Comparison} reads with: makes suspects of rows, and hands them on to
 * be sought. To be closed, which writes what is left.
 */
final class SampleReading implements Closeable {
  private final Matching.Run vault;
  private final CollectionSpec spec;
  private final Scratch sought;
  private final Scratch.Writer out;
  private final LineWriter lines;
  private final Map<Mapping, SuspectMaker> makers = new HashMap<>();
  private final Oddities oddities;
  private final SuspectRow row = new SuspectRow();
  private final List<Suspect> suspects = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();

  SampleReading(Matching.Run vault, Scratch sought, LineWriter lines) {
    this.vault = vault;
    this.spec = vault.spec();
    this.sought = sought;
    this.out = sought.writer();
    this.lines = lines;
    this.oddities = new Oddities(spec);
  }

  /** The maker for a mapping; null if there was none yet. */
  @Nullable SuspectMaker maker(Mapping mapping) {
    return makers.get(mapping);
  }

  Collection<SuspectMaker> makers() {
    return makers.values();
  }

  void read(Mapping mapping, Rows rows) throws IOException {
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
    for (int each : nobody) {
      lines.invalid(rows, each);
    }
    BitSet counting = oddities.counting(suspects);
    for (int i = 0; i < suspects.size(); i++) {
      long place = vault.place(suspects.get(i));
      row.write(suspects.get(i), place, numbers.get(i), counting.get(i));
      out.add(sought.part(place), row.bytes(), 0, row.length());
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    lines.close();
  }
}

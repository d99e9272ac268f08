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
import org.strongroom.vault.Suspect;

/**
 * What one thread of a {@link Comparison} reads with: makes suspects of rows, and hands them on to
 * be sought. To be closed, which writes what is left.
 */
final class SampleReading implements Closeable {
  private final CollectionSpec spec;
  private final SortedJoin.Sought sought;
  private final LineWriter lines;
  private final Map<Mapping, SuspectMaker> makers = new HashMap<>();
  private final Oddities oddities;
  private final SuspectRow row = new SuspectRow();
  private final List<Suspect> suspects = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();

  SampleReading(CollectionSpec spec, SortedJoin.Sought sought, LineWriter lines) {
    this.spec = spec;
    this.sought = sought;
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

  /** Of suspects who cannot be sought. */
  Oddities oddities() {
    return oddities;
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
      Suspect suspect = suspects.get(i);
      row.write(suspect, numbers.get(i), counting.get(i));
      if (!sought.add(suspect, SortedJoin.NOT_SOUGHT, row)) {
        oddities.see(suspect, false, counting.get(i));
        lines.stranger(suspect, numbers.get(i));
      }
    }
  }

  @Override
  public void close() throws IOException {
    sought.close();
    lines.close();
  }
}

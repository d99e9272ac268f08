package org.strongroom.leak;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.judge.Oddities;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.sample.Columns;
import org.strongroom.leak.sample.Learner;
import org.strongroom.leak.sample.Mapping;
import org.strongroom.leak.sample.Rows;
import org.strongroom.leak.sample.Sample;
import org.strongroom.leak.sample.SuspectMaker;
import org.strongroom.leak.sample.Tally;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Matching;

/**
 * The first half of a check: rows of the sample to lines of the scratch file. One thread reads, and
 * workers make suspects; once all are read, they are joined with the vault.
 */
final class Comparison {
  /** Batches in the making for each worker. */
  private static final int BATCHES_PER_WORKER = 2;

  private final Matching.Run vault;
  private final CollectionSpec spec;
  private final int workers;
  private final LeakProgress progress;
  private final SortedJoin join;
  private final Crew<SampleReading> crew;
  private final List<Mapping> mappings = new ArrayList<>();
  private long records;

  /**
   * @param lines where the lines go
   * @param join to those lines; stays the caller's
   */
  Comparison(
      Matching.Run vault,
      Scratch lines,
      SortedJoin join,
      BlindIndex hashes,
      int workers,
      LeakProgress progress) {
    this.vault = vault;
    this.spec = vault.spec();
    this.join = join;
    this.crew =
        new Crew<>(
            () -> new SampleReading(spec, join.writer(), new LineWriter(spec, lines, hashes)));
    this.workers = workers;
    this.progress = progress;
  }

  /**
   * Reads and compares all of the sample. What its columns hold is learned from the first records
   * of each file whose columns are not known yet.
   */
  void run(Sample sample, Map<String, String> maps) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(workers, Workers::daemon);
    try {
      Deque<Future<?>> working = new ArrayDeque<>();
      @Nullable Rows rows = sample.next();
      while (rows != null) {
        List<Rows> first = new ArrayList<>(List.of(rows));
        rows = sample.next();
        if (mappings.isEmpty() || !newest().knows(first.get(0))) {
          Learner learner = new Learner(spec, sample.columns(), maps);
          learner.add(first.get(0));
          while (rows != null && !learner.isFull() && rows.file() == first.get(0).file()) {
            learner.add(rows);
            first.add(rows);
            rows = sample.next();
            Workers.requireGoingOn(progress);
          }
          mappings.add(new ColumnChoice(vault, spec).choose(learner.decide(), first));
        }
        Mapping mapping = newest();
        for (Rows each : first) {
          records += each.size();
          working.add(pool.submit(() -> read(mapping, each)));
        }
        while (working.size() > workers * BATCHES_PER_WORKER) {
          Workers.result(working.remove());
          Workers.requireGoingOn(progress);
          progress.at(sample.bytesRead(), records, 0);
        }
      }
      while (!working.isEmpty()) {
        Workers.result(working.remove());
        Workers.requireGoingOn(progress);
      }
      crew.close();
      requireMapped();
      join.run(pool, compared -> tell(sample, compared));
    } finally {
      Workers.end(pool);
    }
  }

  /** A column that was named and never came is a slip of the pen, which would change the result. */
  private void requireMapped() {
    if (mappings.isEmpty()) {
      throw new VaultException(
          ErrorCode.UNREADABLE_INPUT,
          "the sample holds no records: nothing but blank lines, or a line of names");
    }
    Set<String> unmet = new TreeSet<>(newest().unmet());
    mappings.forEach(mapping -> unmet.retainAll(mapping.unmet()));
    if (!unmet.isEmpty()) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "the sample has no column "
              + unmet
              + "; leave it out of the map, or check it without to see the columns that there are");
    }
  }

  private Mapping newest() {
    return mappings.get(mappings.size() - 1);
  }

  long records() {
    return records;
  }

  /** What the values of the sample were like. */
  Tally tally() {
    Tally out = new SuspectMaker(spec, newest()).tally();
    makers().forEach(maker -> out.add(maker.tally()));
    return out;
  }

  /** What the columns were taken for; one that several mappings know, as the first with values. */
  List<Report.Column> columns(Columns columns) {
    Map<String, Report.Column> out = new LinkedHashMap<>();
    for (Mapping mapping : mappings) {
      Tally tally = new SuspectMaker(spec, mapping).tally();
      crew.all().stream()
          .map(reading -> reading.maker(mapping))
          .filter(Objects::nonNull)
          .forEach(maker -> tally.add(maker.tally()));
      for (Report.Column column : mapping.columns(columns, tally)) {
        if (column.values() > 0) {
          out.putIfAbsent(column.column(), column);
        }
      }
    }
    return List.copyOf(out.values());
  }

  private List<SuspectMaker> makers() {
    return crew.all().stream().flatMap(reading -> reading.makers().stream()).toList();
  }

  /** What looks made up. */
  Oddities oddities() {
    Oddities out = join.oddities();
    crew.all().forEach(reading -> out.merge(reading.oddities()));
    return out;
  }

  private @Nullable Void read(Mapping mapping, Rows rows) throws IOException {
    crew.run(reading -> reading.read(mapping, rows));
    return null;
  }

  private void tell(Sample sample, long compared) {
    Workers.requireGoingOn(progress);
    progress.at(sample.bytesRead(), records, compared);
  }
}

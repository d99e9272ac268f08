package org.strongroom.leak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.strongroom.audit.Exposures;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.leak.judge.Spans;
import org.strongroom.leak.judge.Windows;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.sample.Sample;
import org.strongroom.leak.sample.SampleLimits;
import org.strongroom.vault.Matching;

/**
 * Holds a sample against a collection, as it is at one moment.
 *
 * <pre>
 * Sample      rows, as they are read                                one thread
 * Columns     what each column holds, from the first rows           ColumnChoice
 * Comparison  rows to suspects                                      side by side
 * SortedJoin  suspects to lines: how each record compares           in the order of the store
 * Scratch     suspects and lines on disk, so that memory does not grow with the sample
 * Counting    lines to counts, each distinct record once; when each genuine one was true
 * Windows     from when they were true to when the copy was taken
 * Trail       who had been shown the subjects before that, and others like them
 * Findings    what all of it comes to
 * </pre>
 *
 * What is on disk while it runs is sealed under keys that nobody else has. Thread-safe.
 */
public final class LeakCheck implements Checking {
  /** The label of the key under which strangers and sketches are hashed. */
  public static final String KEY_LABEL = "leak";

  /**
   * Subjects below which a sample is told to hold nobody of the vault: figures about fewer, padded
   * with strangers, would be about single people.
   */
  public static final int LEAST_SUBJECTS = 50;

  private static final int PARTS = 256;

  private static final Spans NONE = visitor -> {};

  private final String vault;
  private final Matching matching;
  private final Exposures exposures;
  private final Accounts accounts;
  private final CanaryWatch canaries;
  private final BlindIndex hashes;
  private final Means means;

  /**
   * What a check works with.
   *
   * @param random for the keys of scratch files
   * @param workers threads
   */
  public record Means(Randomness random, int workers) {}

  /**
   * @param vault its id
   * @param hashes the blind index of {@link #KEY_LABEL}
   */
  public LeakCheck(
      String vault,
      Matching matching,
      Exposures exposures,
      Accounts accounts,
      CanaryWatch canaries,
      BlindIndex hashes,
      Means means) {
    this.vault = vault;
    this.matching = matching;
    this.exposures = exposures;
    this.accounts = accounts;
    this.canaries = canaries;
    this.hashes = hashes;
    this.means = means;
  }

  @Override
  public Outcome run(SampleSource source, LeakRequest request, LeakProgress progress)
      throws IOException {
    long logged = exposures.size();
    Instant asOf = Instant.ofEpochMilli(exposures.lastAt());
    try (Matching.Run run = matching.begin(request.collection(), asOf);
        Sample sample = open(source);
        Scratch lines = new Scratch(PARTS, means.random());
        SortedJoin join = new SortedJoin(run, lines, hashes, means.random())) {
      Comparison comparison = new Comparison(run, lines, join, hashes, means.workers(), progress);
      comparison.run(sample, request.maps());
      Bytes sha256 = sample.sha256();
      Trail trail = new Trail(run, exposures.upTo(logged), accounts, means.workers(), progress);
      Id from = Id.read(sha256.unsafeArray(), 0);
      List<Id> drawn = trail.draw(from);
      Counting.Seeds seeds =
          new Counting.Seeds(BigEndian.getLong(sha256.unsafeArray(), 16), seed("sketch"));
      Set<Id> planted = canaries.all();
      Counting counting =
          new Counting(
              run.spec(),
              lines,
              seeds,
              new Counting.Watched(Set.copyOf(drawn), planted),
              means.random());
      try {
        Counts counted = counting.run(means.workers(), progress);
        boolean few = counted.subjects() < LEAST_SUBJECTS;
        Counts counts = few ? counted.allStrangers() : counted;
        Windows.Judged times = Windows.judge(few ? NONE : counting.spans(), asOf);
        long end = end(times);
        List<Report.CanaryHit> hits = canaries.hits(counts.seen(), logged, end);
        List<Id> others = new ArrayList<>(drawn);
        others.removeIf(counts.seen()::contains);
        others.removeAll(planted);
        Report.Sources sources = trail.follow(counts.examined().drawn(), others, end, hits);
        Report.Findings findings =
            new Findings(vault, request.collection(), run.spec(), sample, sha256)
                .of(comparison, counts, times, hits, sources);
        return new Kept(
            findings,
            counting.affected(counts.affected()),
            new Sketch(counts.sketch().drawn().stream().map(Draw.Drawn::hash).toList()),
            counting);
      } catch (IOException | RuntimeException e) {
        counting.close();
        throw e;
      }
    }
  }

  private static Sample open(SampleSource source) throws IOException {
    return source instanceof SampleSource.At at
        ? Sample.open(at.path(), SampleLimits.DEFAULT)
        : Sample.open(((SampleSource.Stream) source).in(), SampleLimits.DEFAULT);
  }

  private long seed(String label) {
    return BigEndian.getLong(hashes.blind(label.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static long end(Windows.Judged times) {
    Report.Window window = times.window();
    return window == null || window.to() == null ? Long.MAX_VALUE : window.to().toEpochMilli();
  }

  /** An outcome with the files that it is in. */
  private record Kept(
      Report.Findings findings, AffectedList affected, Sketch sketch, Counting files)
      implements Outcome {
    @Override
    public void close() throws IOException {
      files.close();
    }
  }
}

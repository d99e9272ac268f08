package org.strongroom.leak;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.report.Report;
import org.strongroom.translog.Hashes;

/**
 * A check that finds what a test says. Reads a stream to its end, as a real one does; what it is
 * told to do meanwhile comes after that.
 */
public final class FakeChecking implements Checking {
  private volatile long records = 1000;
  private volatile long invalid;
  private volatile int affected = 3;
  private volatile String sample = "00";
  private volatile long people = 1;
  private volatile Meanwhile meanwhile = progress -> {};

  /** What happens while it runs. */
  public interface Meanwhile {
    void happens(LeakProgress progress) throws IOException;
  }

  /** So many distinct records, of which some have no valid identifier. */
  public FakeChecking finding(long distinct, long withoutIdentifier) {
    records = distinct;
    invalid = withoutIdentifier;
    return this;
  }

  /** So many affected subjects, numbered from 0, each with the first two fields exposed. */
  public FakeChecking affecting(int subjects) {
    affected = subjects;
    return this;
  }

  /**
   * From now on another sample.
   *
   * @param whose two of the same number are of the same people, of others of nobody in common
   */
  public FakeChecking of(String name, long whose) {
    sample =
        Bytes.owned(Hashes.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))).hex();
    people = whose;
    return this;
  }

  public FakeChecking meanwhile(Meanwhile then) {
    meanwhile = then;
    return this;
  }

  @Override
  public Outcome run(SampleSource source, LeakRequest request, LeakProgress progress)
      throws IOException {
    long bytes = 0;
    if (source instanceof SampleSource.Stream stream) {
      bytes = drained(stream.in(), progress);
    }
    meanwhile.happens(progress);
    if (progress.cancelled()) {
      throw new VaultException(ErrorCode.CANCELLED, "the check was cancelled");
    }
    return new Found(findings(request, bytes), affected, sketch());
  }

  private static long drained(InputStream in, LeakProgress progress) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    for (int n; (n = in.read(buffer)) >= 0; ) {
      bytes += n;
      progress.at(bytes, bytes / 100, 0);
      if (progress.cancelled()) {
        throw new VaultException(ErrorCode.CANCELLED, "the check was cancelled");
      }
    }
    return bytes;
  }

  private Sketch sketch() {
    List<Long> out = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      out.add(people * 1000 + i);
    }
    return new Sketch(out);
  }

  private Report.Findings findings(LeakRequest request, long bytes) {
    TreeMap<String, Long> fields = new TreeMap<>();
    fields.put("name", (long) affected);
    return new Report.Findings(
        1,
        "strongroom/test",
        request.collection(),
        new Report.SampleFacts(sample, bytes, List.of()),
        records + 7,
        7,
        invalid,
        records - invalid,
        records - invalid,
        new Report.Genuine(records - invalid, 0.75, 0.7, 0.8, 0),
        List.of(),
        new TreeMap<>(),
        null,
        List.of(),
        List.of(),
        new Report.Sources(
            10, 10, 1, "no_one_stands_out", "The data cannot tell.", List.of(), List.of()),
        new Report.Foreign(new TreeMap<>(), 0, List.of(), new TreeMap<>(), 0, List.of()),
        new Report.Affected(affected, 0, fields, List.of(), 0),
        new Report.Verdict("copy", "A copy of this vault.", List.of("It is genuine.")));
  }

  private record Found(Report.Findings findings, int subjects, Sketch sketch) implements Outcome {
    @Override
    public AffectedList affected() {
      return new AffectedList() {
        @Override
        public long size() {
          return subjects;
        }

        @Override
        public void each(Visitor visitor) throws IOException {
          for (int i = 0; i < subjects; i++) {
            visitor.affected(new Id(5, i), 3);
          }
        }
      };
    }

    @Override
    public void close() {}
  }
}

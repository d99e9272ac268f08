package org.strongroom.leak.sample;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.synthetic.Format;
import org.strongroom.synthetic.Residents;
import org.strongroom.vault.Suspect;

/**
 * Measures, by hand, what a record costs one core in the reader and in the maker of suspects:
 * {@code java -cp ... org.strongroom.leak.sample.SampleSpeed [records]}.
 */
final class SampleSpeed {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private SampleSpeed() {}

  public static void main(String[] args) throws IOException {
    long records = args.length > 0 ? Long.parseLong(args[0]) : 500_000;
    Residents residents = new Residents(1, LocalDate.of(2026, 11, 22));
    for (Format format : new Format[] {Format.JSON, Format.CSV, Format.NDJSON}) {
      byte[] content;
      try (InputStream in = residents.stream(format, 0, records)) {
        content = in.readAllBytes();
      }
      for (int round = 0; round < 3; round++) {
        measure(format, content, records);
      }
    }
  }

  private static void measure(Format format, byte[] content, long records) throws IOException {
    CollectionSpec spec = SampleReading.residents();
    long reading = 0;
    long making = 0;
    long learning = 0;
    Count count = new Count();
    try (Sample sample = SampleReading.sample(content)) {
      Learner learner = new Learner(spec, sample.columns(), Map.of());
      SuspectMaker maker = null;
      while (true) {
        long start = THREADS.getCurrentThreadCpuTime();
        Rows rows = sample.next();
        long read = THREADS.getCurrentThreadCpuTime();
        reading += read - start;
        if (rows == null) {
          break;
        }
        if (maker == null) {
          learner.add(rows);
          maker = new SuspectMaker(spec, learner.decide());
          learning = THREADS.getCurrentThreadCpuTime() - read;
          read = THREADS.getCurrentThreadCpuTime();
        }
        maker.make(rows, count);
        making += THREADS.getCurrentThreadCpuTime() - read;
      }
    }
    System.out.printf(
        "%s, %d bytes a record: reading %.2f us, making %.2f us a record; learning %d ms; %d suspects%n",
        format,
        content.length / records,
        reading / 1e3 / records,
        making / 1e3 / records,
        learning / 1_000_000,
        count.suspects);
  }

  private static final class Count implements SuspectMaker.Sink {
    private long suspects;

    @Override
    public void suspect(int row, Suspect suspect) {
      suspects++;
    }

    @Override
    public void none(int row, Set<String> problems) {
      suspects--;
    }
  }
}

package org.strongroom.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.strongroom.synthetic.Format;
import org.strongroom.synthetic.Residents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom generate}. */
@Command(
    name = "generate",
    description = {
      "Write synthetic residents to stdout: nobody real, valid by every check.",
      "The same seed and date give the same residents."
    })
final class GenerateCommand implements Callable<Integer> {
  @Option(names = "--count", required = true, paramLabel = "N", description = "How many.")
  private long count;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: ndjson.")
  private Format format = Format.NDJSON;

  @Option(names = "--seed", paramLabel = "N", description = "Default: 1.")
  private long seed = 1;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "The day that ages are counted from. Default: 2026-01-01.")
  private LocalDate today = LocalDate.of(2026, 1, 1);

  private final Console console;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (count < 0 || count > Residents.COUNT) {
      console.failed("bad_request", "the count is from 0 to " + Residents.COUNT, false);
      return 2;
    }
    try (OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        Bar bar = Bar.of("generating", count, Bar.Unit.RECORDS)) {
      new Residents(seed, today).generate(format, count, out, bar::to);
    }
    return 0;
  }
}

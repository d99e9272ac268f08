package org.strongroom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.LeakProgress;
import org.strongroom.leak.LeakRequest;
import org.strongroom.leak.SampleSource;
import org.strongroom.leak.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom leak check}. */
@Command(
    name = "check",
    description = {
      "Check whether a sample was taken from this vault: when, through whom, and who is affected.",
      "Needs STRONGROOM_TOKEN of a role with the act check-leak. Shows no records. Reads JSON,"
          + " CSV, SQL dumps, XLSX and text, also packed; a folder goes to a server as a zip"
          + " stream. Of fewer than 100 records nothing is told; an account has 10 checks a day,"
          + " and nearly the same people are checked at most twice a week. The check is an entry"
          + " of the audit log. Ctrl-C cancels it, and nothing of it is kept."
    })
final class LeakCheckCommand extends VaultCommand {
  @Parameters(paramLabel = "SAMPLE", description = "A file, a folder, or \"-\" for stdin.")
  private @Nullable String sample;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      defaultValue = "residents",
      description = "Whose records. Default: ${DEFAULT-VALUE}.")
  private String collection = "residents";

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      defaultValue = LeakRequest.PURPOSE,
      description = "What it is for. Default: ${DEFAULT-VALUE}.")
  private String purpose = LeakRequest.PURPOSE;

  @Option(names = "--reason", paramLabel = "TEXT", description = "In words, for the log.")
  private @Nullable String reason;

  @Option(
      names = "--map",
      paramLabel = "SOURCE=field",
      description = "What a column or dotted path holds; may be repeated. Default: it is learnt.")
  private Map<String, String> maps = new LinkedHashMap<>();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where report.json, report.html, notice.html and counts.csv go.")
  private @Nullable Path report;

  private final Stop stop;

  LeakCheckCommand(Vaults vaults, Console console, Stop stop) {
    super(vaults, console);
    this.stop = stop;
  }

  @Override
  void run(Session session) throws Exception {
    LeakRequest request = new LeakRequest(collection, purpose, Optional.ofNullable(reason), maps);
    Path path = Path.of(Objects.requireNonNull(sample));
    boolean piped = "-".equals(sample);
    if (!piped && !Files.exists(path)) {
      throw new VaultException(ErrorCode.UNREADABLE_INPUT, path + ": there is no such file");
    }
    SampleSource source = piped ? new SampleSource.Stream(System.in) : new SampleSource.At(path);
    long bytes = !piped && Files.isRegularFile(path) ? Files.size(path) : -1;
    try (@Nullable ReportFolder folder = ReportFolder.at(report)) {
      stop.heed("stopped by a signal; nothing of the check is kept");
      Report found;
      try (Bar bar = Bar.of("checking", bytes, Bar.Unit.MEBIBYTES)) {
        found = session.leaks().check(source, request, new Showing(bar, stop));
      }
      String where = folder == null ? "" : "\n" + folder.write(found);
      print(LeakCommands.raw(found), LeakText.summary(found) + where);
    }
  }

  /** On the bar, until the process is told to stop. */
  private record Showing(Bar bar, Stop stop) implements LeakProgress {
    @Override
    public void at(long bytes, long records, long compared) {
      bar.to(bytes);
      bar.note(records + " records" + (compared == 0 ? "" : ", " + compared + " compared"));
    }

    @Override
    public boolean cancelled() {
      return stop.asked();
    }
  }
}

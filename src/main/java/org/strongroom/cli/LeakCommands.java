package org.strongroom.cli;

import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;
import org.strongroom.leak.report.ReportSignature;
import org.strongroom.translog.VerifierKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom leak ...}. */
@Command(
    name = "leak",
    description = "Judge leaks, register them, and ask whether somebody is in one.")
final class LeakCommands {
  private LeakCommands() {}

  static CommandLine group(Host host, Vaults vaults, Console console, Stop stop) {
    return new CommandLine(new LeakCommands())
        .addSubcommand(new LeakCheckCommand(vaults, console, stop))
        .addSubcommand(new All(vaults, console))
        .addSubcommand(new Show(vaults, console))
        .addSubcommand(new Affected(vaults, console))
        .addSubcommand(new Verify(console))
        .addSubcommand(new LeakRegisterCommand(vaults, console, stop))
        .addSubcommand(new LeakWithdrawCommand(vaults, console))
        .addSubcommand(new LeakLookupCommand(host, vaults, console))
        .addSubcommand(CanaryCommands.group(vaults, console));
  }

  static RawValue raw(Report report) {
    return new RawValue(new String(ReportJson.write(report), StandardCharsets.UTF_8).strip());
  }

  /** {@code leak list}. */
  @Command(
      name = "list",
      description = {
        "List the checks that were made, the newest first.",
        "Needs STRONGROOM_TOKEN of a role with the act check-leak or notify-affected. The listing"
            + " is an entry of the audit log."
      })
  static final class All extends VaultCommand {
    All(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      LeakDesk.Listed listed = session.leaks().list();
      StringBuilder text = new StringBuilder();
      listed.checks().forEach(check -> text.append(LeakText.line(check)).append('\n'));
      if (listed.checks().isEmpty()) {
        text.append("no check\n");
      }
      print(listed, text + "this listing is" + Console.entry(listed.receipt()).replace('\n', ' '));
    }
  }

  /** {@code leak show}. */
  @Command(
      name = "show",
      description = {
        "Show the report of a check.",
        "Needs STRONGROOM_TOKEN of a role with the act check-leak. The showing is an entry of the"
            + " audit log."
      })
  static final class Show extends VaultCommand {
    @Parameters(paramLabel = "ID", description = "As leak list has it.")
    private @Nullable String id;

    @Option(
        names = "--report",
        paramLabel = "DIR",
        description = "Where report.json, report.html, notice.html and counts.csv go.")
    private @Nullable Path report;

    Show(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) throws IOException {
      Id check = Id.parse(Objects.requireNonNull(id));
      try (@Nullable ReportFolder folder = ReportFolder.at(report)) {
        Report found = session.leaks().show(check).report();
        String where = folder == null ? "" : "\n" + folder.write(found);
        print(raw(found), LeakText.summary(found) + where);
      }
    }
  }

  /** {@code leak affected}. */
  @Command(
      name = "affected",
      description = {
        "List the subjects of whom a check found something exposed, to notify them.",
        "Needs STRONGROOM_TOKEN of a role with the act notify-affected. Prints ids and the names"
            + " and classes of fields, no values; with --json, a line for each subject and a last"
            + " one that sums up. The showing is an entry of the audit log."
      })
  static final class Affected extends VaultCommand {
    @Parameters(paramLabel = "ID", description = "As leak list has it.")
    private @Nullable String id;

    Affected(Vaults vaults, Console console) {
      super(vaults, console);
    }

    /** A subject, and the class of each field that was exposed. */
    private record One(String subject, Map<String, String> fields) {}

    /** What the list came to. */
    private record Sum(long subjects, Receipt receipt) {}

    @Override
    void run(Session session) throws IOException {
      Listing listing = new Listing();
      session.leaks().affected(Id.parse(Objects.requireNonNull(id)), listing);
      Sum sum = new Sum(listing.subjects, Objects.requireNonNull(listing.receipt));
      print(
          Map.of("summary", sum),
          sum.subjects()
              + " subjects; this listing is"
              + Console.entry(sum.receipt()).replace('\n', ' '));
    }

    private final class Listing implements LeakDesk.AffectedSink {
      private @Nullable Receipt receipt;
      private long subjects;

      @Override
      public void begin(Receipt of) {
        receipt = of;
      }

      @Override
      public void subject(Id subject, Map<String, String> fields) {
        subjects++;
        StringBuilder text = new StringBuilder(subject.toString());
        fields.forEach(
            (name, kind) -> text.append("  ").append(name).append(" (").append(kind).append(')'));
        print(Map.of("affected", new One(subject.toString(), fields)), text.toString());
      }
    }
  }

  /** {@code leak verify}. */
  @Command(
      name = "verify",
      description = {
        "Check offline that a report is as a vault signed it.",
        "Needs nothing but the key of the vault's log, which strongroom audit witnesses show"
            + " prints. Get it from somebody you trust, not from whoever gave you the report."
      })
  static final class Verify extends AnsweringCommand {
    /** Enough for a list of witnesses, of which the first line is read. */
    private static final int MAX_KEY_BYTES = 1 << 16;

    private static final String LOG = "log ";

    @Parameters(paramLabel = "REPORT.json", description = "As leak check --report wrote it.")
    private @Nullable Path file;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "KEY|FILE",
        description =
            "The log's key, or a file that holds it, such as audit witnesses show prints.")
    private @Nullable String key;

    Verify(Console console) {
      super(console);
    }

    @Override
    public Integer call() throws IOException {
      if (Files.isDirectory(Objects.requireNonNull(file))) {
        throw new VaultException(
            ErrorCode.UNREADABLE_INPUT, file + ": this is a folder; name the report.json in it");
      }
      byte[] report;
      try (var in = Files.newInputStream(Objects.requireNonNull(file))) {
        report = in.readNBytes(ReportJson.MAX_BYTES + 1);
      }
      Report genuine = ReportSignature.verify(report, key(Objects.requireNonNull(key)));
      Receipt receipt = Objects.requireNonNull(genuine.receipt());
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("log", receipt.log());
      answer.put("index", receipt.index());
      answer.put("check", genuine.check().id());
      answer.put("at", genuine.check().at().toString());
      answer.put("findings", genuine.check().findings());
      print(
          answer,
          "genuine: check "
              + genuine.check().id()
              + " of "
              + genuine.check().at()
              + ", entry "
              + receipt.index()
              + " of the log "
              + receipt.log());
      return 0;
    }

    private static VerifierKey key(String given) throws IOException {
      String text = given;
      if (Files.isRegularFile(Path.of(given))) {
        try (var in = Files.newInputStream(Path.of(given))) {
          text = new String(in.readNBytes(MAX_KEY_BYTES), StandardCharsets.UTF_8);
        }
      }
      try {
        return VerifierKey.parse(key(text.lines()));
      } catch (IllegalArgumentException e) {
        throw new VaultException(
            ErrorCode.BAD_REQUEST,
            "--key: "
                + e.getMessage()
                + "; give what strongroom audit witnesses show prints, or a file of it",
            e);
      }
    }

    /** The key alone, or that of the log in a list of witnesses. */
    private static String key(Stream<String> lines) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .findFirst()
          .map(line -> line.startsWith(LOG) ? line.substring(LOG.length()).strip() : line)
          .orElse("");
    }
  }
}

package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.strongroom.audit.Fault;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code strongroom verify}. */
@Command(
    name = "verify",
    description = {
      "Hold everything that the vault has against its log.",
      "Names each fault, such as a record that was altered, is missing, was rolled back, belongs to"
          + " somebody else or was written outside the log, with subject and log entry. Ends with 0"
          + " where there is none, and with 1 otherwise. Shows no records. What was rolled back as"
          + " a whole is found by a checkpoint that was kept elsewhere: the log's witnesses are asked"
          + " for theirs, and you can give those that you have."
    })
final class VerifyCommand extends AnsweringCommand {
  private static final int MAX_NOTE_BYTES = 1 << 20;
  private static final int PERCENT = 100;

  @Mixin private final Vaults.Which which = new Vaults.Which();

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "An older signed checkpoint of this vault's log; may be repeated.")
  private List<Path> checkpoints = new ArrayList<>();

  private final Vaults vaults;
  private final Stop stop;

  VerifyCommand(Vaults vaults, Console console, Stop stop) {
    super(console);
    this.vaults = vaults;
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException {
    List<SavedNote> saved = new ArrayList<>();
    for (Path file : checkpoints) {
      saved.add(new SavedNote(String.valueOf(file.getFileName()), read(file)));
    }
    List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
    stop.heed();
    Verification.Summary summary;
    try (Bar bar = Bar.of("verifying", PERCENT, Bar.Unit.PERCENT)) {
      summary = vaults.verify(which, saved, new Heard(bar, faults));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("summary", summary);
    answer.put("faults", faults);
    print(answer, text(summary));
    return summary.faults() == 0 ? 0 : 1;
  }

  private static Bytes read(Path file) throws IOException {
    try {
      if (Files.size(file) <= MAX_NOTE_BYTES) {
        return Bytes.owned(Files.readAllBytes(file));
      }
    } catch (NoSuchFileException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, file.getFileName() + ": no such file", e);
    }
    throw new VaultException(
        ErrorCode.BAD_REQUEST, file.getFileName() + ": this is no checkpoint: it is too long");
  }

  private static String text(Verification.Summary summary) {
    String found =
        summary.faults() == 0
            ? "no faults"
            : String.format("%,d fault%s", summary.faults(), summary.faults() == 1 ? "" : "s");
    String witnesses =
        summary.witnesses().stream().map(each -> "\n" + each).collect(Collectors.joining());
    return String.format(
        "%s: %,d entries, %,d subjects, %,d record versions in %.1f s%s%s",
        found,
        summary.entries(),
        summary.subjects(),
        summary.versions(),
        summary.seconds(),
        witnesses,
        summary.entry() == null
            ? "\nThe log is not fit for another entry, so this run is not in it."
            : "\nThis run is entry " + summary.entry() + " of the audit log.");
  }

  /** Prints faults as they come, or keeps them for the one object at the end. */
  private final class Heard implements Verification.Listener {
    private final Bar bar;
    private final List<Fault> faults;

    Heard(Bar bar, List<Fault> faults) {
      this.bar = bar;
      this.faults = faults;
    }

    @Override
    public void accept(Fault fault) {
      if (json()) {
        faults.add(fault);
      } else {
        console().line(fault.text());
      }
    }

    @Override
    public void at(double share, long entries, long versions) {
      stop.check();
      bar.to(Math.round(PERCENT * share));
      bar.note(entries + " entries, " + versions + " record versions");
    }
  }
}

package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.lookup.Leak;
import org.strongroom.leak.lookup.LeakDraft;
import org.strongroom.leak.lookup.Registrar;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code strongroom leak register}. */
@Command(
    name = "register",
    description = {
      "Register a leak, so that people can ask whether they are in it.",
      "Of the sample, hashes of its e-mail addresses, telephone and ID numbers are kept, sealed,"
          + " and nothing else. Whoever asks is shown name, date and note."
    })
final class LeakRegisterCommand extends VaultCommand {
  @Parameters(
      paramLabel = "SAMPLE",
      description = "A file that leak check reads; of a directory, also a folder.")
  private @Nullable Path sample;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "TEXT",
      description = "What people know it by.")
  private @Nullable String name;

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DAY",
      converter = Day.class,
      description = "When it became known, such as 2022-06-30.")
  private @Nullable LocalDate date;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "For people who are in it, such as where to turn.")
  private String note = "";

  /** Says what a day looks like, in place of what Java makes of it. */
  private static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String value) {
      try {
        return LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("'" + value + "' is no day such as 2022-06-30");
      }
    }
  }

  private final Stop stop;

  LeakRegisterCommand(Vaults vaults, Console console, Stop stop) {
    super(vaults, console);
    this.stop = stop;
  }

  @Override
  void run(Session session) throws IOException {
    LeakDraft draft =
        new LeakDraft(Objects.requireNonNull(name), Objects.requireNonNull(date), note);
    stop.heed();
    Leak leak;
    try (Bar bar = Bar.of("registering", -1, Bar.Unit.RECORDS)) {
      leak =
          session.leakRegister().register(Objects.requireNonNull(sample), draft, new Watching(bar));
    }
    print(leak, text(leak));
  }

  private static String text(Leak leak) {
    StringBuilder out = new StringBuilder("leak " + leak.number() + " is registered");
    for (Leak.Extent extent : leak.extents()) {
      out.append(String.format("%n  %-12s %,d", extent.kind().text(), extent.identifiers()));
    }
    return out.toString();
  }

  /** Moves the bar, and stops when the process is told to. */
  private final class Watching implements Registrar.Progress {
    private final Bar bar;

    Watching(Bar bar) {
      this.bar = bar;
    }

    @Override
    public void at(long identifiers) {
      bar.to(identifiers);
    }

    @Override
    public boolean cancelled() {
      stop.check();
      return false;
    }
  }
}

package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.Format;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Problem;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom import}. */
@Command(
    name = "import",
    description = {
      "Keep the records of files.",
      "Reads NDJSON, a JSON array, CSV with a header, or an Elasticsearch dump, each also"
          + " compressed by gzip. What cannot be kept goes, sealed, to the rejects file with its"
          + " line and reasons, and the rest goes on. Cut short and run again, it ends in the same"
          + " state."
    })
final class ImportCommand extends VaultCommand {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to import.")
  private @Nullable List<Path> files;

  @Option(names = "--collection", required = true, paramLabel = "NAME")
  private @Nullable String collection;

  @Option(
      names = "--map",
      paramLabel = "SOURCE=field",
      description = "A column or dotted path that is called differently; may be repeated.")
  private Map<String, String> maps = new LinkedHashMap<>();

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Where rejected records go. Default: FILE.rejects in this folder.")
  private @Nullable Path rejects;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: by content.")
  private @Nullable Format format;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "Of CSV, \"tab\" for a tab. Default: by the header.")
  private @Nullable String delimiter;

  private final Stop stop;

  ImportCommand(Vaults vaults, Console console, Stop stop) {
    super(vaults, console);
    this.stop = stop;
  }

  @Override
  void run(Session session) throws Exception {
    ImportRequest request =
        new ImportRequest(
            Objects.requireNonNull(collection),
            maps,
            new ReadOptions(format, character(), ReadOptions.DEFAULT_MAX_ELEMENT_BYTES));
    List<Path> all = Objects.requireNonNull(files);
    Path rejectsFile = rejects == null ? Path.of(all.get(0).getFileName() + ".rejects") : rejects;
    requireNoInput(rejectsFile, all);
    RejectsFile.requireWritable(rejectsFile);
    Totals totals = new Totals();
    stop.heed();
    try (RejectsFile out = new RejectsFile(rejectsFile)) {
      importAll(session, request, out, totals);
      out.end();
    } catch (IOException | RuntimeException e) {
      // What the files before it came to is done, and must not go untold.
      if (!totals.isEmpty()) {
        print(totals.summary(), text(totals.summary(), rejectsFile));
      }
      throw e;
    }
    ImportSummary sum = totals.summary();
    print(sum, text(sum, rejectsFile));
    if (!sum.faults().isEmpty()) {
      throw new VaultException(
          ErrorCode.UNREADABLE_INPUT,
          "the input could not be read to its end: "
              + sum.faults().stream().map(Problem::text).collect(Collectors.joining("; ")));
    }
  }

  private void importAll(Session session, ImportRequest request, RejectsFile out, Totals totals)
      throws IOException {
    for (Path file : Objects.requireNonNull(files)) {
      long bytes = Files.isRegularFile(file) ? Files.size(file) : -1;
      try (Bar bar = Bar.of("importing", bytes, Bar.Unit.MEBIBYTES)) {
        ImportSummary summary =
            session.importFile(
                file,
                request,
                out,
                (done, records) -> {
                  stop.check();
                  bar.to(done);
                  bar.note(records + " records");
                });
        totals.add(summary);
      }
    }
  }

  /** Writing the rejects over an input would destroy it. */
  private static void requireNoInput(Path rejects, List<Path> inputs) throws IOException {
    for (Path input : inputs) {
      if (Files.exists(input) && Files.exists(rejects) && Files.isSameFile(input, rejects)) {
        throw new VaultException(
            ErrorCode.BAD_REQUEST, "the rejects would overwrite the input; name another file");
      }
    }
  }

  private @Nullable Character character() {
    if (delimiter == null) {
      return null;
    }
    if (delimiter.equals("tab") || delimiter.equals("\\t")) {
      return '\t';
    }
    if (delimiter.length() != 1 || !ReadOptions.isDelimiter(delimiter.charAt(0))) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a delimiter is one ASCII character, or \"tab\", and no quote");
    }
    return delimiter.charAt(0);
  }

  private static String text(ImportSummary sum, Path rejectsFile) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            "read %,d: kept %,d, updated %,d, unchanged %,d, rejected %,d in %.1f s (%,.0f/s)",
            sum.read(),
            sum.kept(),
            sum.updated(),
            sum.unchanged(),
            sum.rejected(),
            sum.seconds(),
            sum.seconds() == 0 ? 0 : sum.read() / sum.seconds()));
    counts(out, "rejected because", sum.reasons());
    counts(out, "kept, with a doubt", sum.warnings());
    counts(out, "columns not kept (map one with --map NAME=field)", sum.unknownColumns());
    if (sum.receipts() != null) {
      out.append("\nentries ").append(sum.receipts().first()).append(" to ");
      out.append(sum.receipts().last()).append(" of the log ").append(sum.receipts().log());
    }
    if (sum.rejected() > 0) {
      out.append("\nthe rejected records are sealed in ").append(rejectsFile);
      out.append("; open them with: strongroom rejects");
    }
    return out.toString();
  }

  private static void counts(StringBuilder out, String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      out.append('\n').append(title).append(':');
      counts.forEach((name, count) -> out.append(String.format("%n  %,10d  %s", count, name)));
    }
  }
}

package org.strongroom.bench.micro;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.Drafted;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.Importer;
import org.strongroom.ingest.Intake;
import org.strongroom.ingest.RawBatch;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Draft;
import org.strongroom.schema.ValidRecord;

/** A thousand residents, read and checked, from the file that the property {@value #FILE} names. */
final class Fixture {
  static final String FILE = "strongroom.residents";
  static final int COUNT = 1000;

  private final CollectionSpec spec =
      CollectionSpec.parse(
          "residents.yaml", CollectionSpec.builtInYaml("residents"), Map.of(), Clock.systemUTC());
  private final byte[] lines;
  private final List<Draft> drafts = new ArrayList<>();
  private final List<ValidRecord> records = new ArrayList<>();

  Fixture() {
    try {
      lines = firstLines();
      read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] firstLines() throws IOException {
    StringBuilder out = new StringBuilder();
    try (Stream<String> file = Files.lines(Path.of(System.getProperty(FILE)))) {
      file.limit(COUNT).forEach(line -> out.append(line).append('\n'));
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void read() throws IOException {
    try (Intake intake = intake()) {
      intake
          .newParser()
          .parse(
              batch(intake),
              (piece, parsed) -> {
                Draft draft = ((Drafted) parsed).draft();
                drafts.add(draft);
                records.add((ValidRecord) spec.check(draft));
              });
    }
  }

  CollectionSpec spec() {
    return spec;
  }

  /** The residents as read, unchecked. */
  List<Draft> drafts() {
    return drafts;
  }

  List<ValidRecord> records() {
    return records;
  }

  /** An import's view of the residents' lines, in memory. */
  Intake intake() throws IOException {
    ImportRequest request = new ImportRequest("residents", Map.of(), ReadOptions.DEFAULT);
    InputStream in = new ByteArrayInputStream(lines);
    return Intake.open("residents", in, Importer.columns(spec, request), ReadOptions.DEFAULT);
  }

  /** All residents cut, none parsed. */
  static RawBatch batch(Intake intake) throws IOException {
    @Nullable RawBatch batch = intake.reader().next(COUNT, Integer.MAX_VALUE);
    if (batch == null || batch.size() != COUNT) {
      throw new IOException("the file has fewer than " + COUNT + " residents");
    }
    return batch;
  }
}

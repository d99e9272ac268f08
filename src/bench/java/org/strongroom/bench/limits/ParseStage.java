package org.strongroom.bench.limits;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.Drafted;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.Importer;
import org.strongroom.ingest.Intake;
import org.strongroom.ingest.PieceParser;
import org.strongroom.ingest.RawBatch;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.ValidRecord;

/** An import's first half and nothing else: cut, parse, validate, bring into canonical form. */
final class ParseStage implements Limits.Stage {
  private static final int BATCH_RECORDS = 1000;
  private static final int BATCH_BYTES = 4 << 20;

  private final CollectionSpec spec;
  private final Intake intake;

  ParseStage(Path file) throws IOException {
    spec =
        CollectionSpec.parse(
            "residents.yaml", CollectionSpec.builtInYaml("residents"), Map.of(), Clock.systemUTC());
    ImportRequest request = new ImportRequest("residents", Map.of(), ReadOptions.DEFAULT);
    intake = Intake.open(file, Importer.columns(spec, request), ReadOptions.DEFAULT);
  }

  @Override
  public void run(int thread, int records) throws IOException {
    PieceParser parser = intake.newParser();
    int left = records;
    while (left > 0) {
      @Nullable RawBatch batch = next(Math.min(left, BATCH_RECORDS));
      if (batch == null) {
        throw new IOException("fewer residents than were to be read");
      }
      parser.parse(
          batch,
          (piece, parsed) -> {
            if (!(parsed instanceof Drafted drafted)
                || !(spec.check(drafted.draft()) instanceof ValidRecord)) {
              throw new IllegalStateException("a synthetic resident was refused");
            }
          });
      left -= batch.size();
    }
  }

  /** The reader is for one thread at a time. */
  private synchronized @Nullable RawBatch next(int records) throws IOException {
    return intake.reader().next(records, BATCH_BYTES);
  }

  @Override
  public void close() throws IOException {
    intake.close();
  }
}

package org.strongroom.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.strongroom.ingest.Intake;
import org.strongroom.ingest.PieceParser;
import org.strongroom.ingest.RawBatch;
import org.strongroom.schema.Draft;
import org.strongroom.schema.Field;
import org.strongroom.schema.ValidRecord;

/** What is done to a whole resident outside of cryptography; nanoseconds are of one resident. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Fixture.COUNT)
public class RecordBenchmark {
  private final Fixture residents = new Fixture();
  private final List<Field> fields = residents.spec().fields();
  private final RawBatch raw;
  private final PieceParser parser;

  public RecordBenchmark() {
    try (Intake intake = residents.intake()) {
      raw = Fixture.batch(intake);
      parser = intake.newParser();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line of JSON into a draft. */
  @Benchmark
  public void parse(Blackhole sink) {
    parser.parse(raw, (piece, parsed) -> sink.consume(parsed));
  }

  /** Every value checked and brought into canonical form, then the cross-field checks. */
  @Benchmark
  public void validate(Blackhole sink) {
    for (Draft draft : residents.drafts()) {
      sink.consume(residents.spec().check(draft));
    }
  }

  /** Every value under its mask. */
  @Benchmark
  public void mask(Blackhole sink) {
    for (ValidRecord resident : residents.records()) {
      List<String> masked = new ArrayList<>(fields.size());
      for (int i = 0; i < fields.size(); i++) {
        @Nullable String value = resident.value(i);
        if (value != null) {
          masked.add(fields.get(i).type().mask(value));
        }
      }
      sink.consume(masked);
    }
  }
}

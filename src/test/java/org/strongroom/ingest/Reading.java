package org.strongroom.ingest;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.Draft;

/** What came of an input that was read whole, for tests to look at. */
record Reading(Format format, List<Parsed> all, List<Problem> fileProblems) {
  static final List<Target> TARGETS =
      List.of(
          new Target("id", List.of("resident_id")),
          new Target("name", List.of("full_name")),
          new Target("phone", List.of("mobile", "tel")),
          new Target("photo", List.of(), true));

  static Columns columns() {
    return new Columns(TARGETS, Map.of());
  }

  static ReadOptions options(@Nullable Format format) {
    return new ReadOptions(format, null, 4096);
  }

  static Reading of(String text) {
    return of(utf8(text), null);
  }

  static Reading of(byte[] input, @Nullable Format format) {
    return of(new ByteArrayInputStream(input), columns(), options(format));
  }

  static Reading of(InputStream input, Columns columns, ReadOptions options) {
    try (Intake intake = Intake.open("input", input, columns, options)) {
      return of(intake);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Reading of(Intake intake) throws IOException {
    List<Parsed> all = new ArrayList<>();
    PieceParser parser = intake.newParser();
    for (RawBatch batch = intake.reader().next(3, 1 << 20);
        batch != null;
        batch = intake.reader().next(3, 1 << 20)) {
      int before = all.size();
      parser.parse(
          batch,
          (piece, parsed) -> {
            if (piece != all.size() - before) {
              throw new IllegalStateException("out of order");
            }
            all.add(parsed);
          });
      if (all.size() - before != batch.size()) {
        throw new IllegalStateException("an element has no outcome");
      }
    }
    return new Reading(intake.format(), all, intake.reader().fileProblems());
  }

  /** The values of a field in the records that could be read. */
  List<@Nullable String> values(String field) {
    int position = columns().position(field);
    List<@Nullable String> out = new ArrayList<>();
    drafts().forEach(draft -> out.add(draft.get(position)));
    return out;
  }

  List<Draft> drafts() {
    return all.stream().filter(Drafted.class::isInstance).map(p -> ((Drafted) p).draft()).toList();
  }

  List<Rejected> rejects() {
    return all.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast).toList();
  }

  /** Each refusal as {@code code@line}. */
  List<String> faults() {
    return rejects().stream()
        .map(r -> r.problems().get(0).code() + "@" + r.place().line())
        .toList();
  }

  List<String> fileFaults() {
    return fileProblems.stream().map(Problem::code).toList();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Gives from 1 to {@code most} bytes a read. */
  static InputStream trickle(byte[] input, int most, Random random) {
    return new FilterInputStream(new ByteArrayInputStream(input)) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }
}

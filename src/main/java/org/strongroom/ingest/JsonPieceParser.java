package org.strongroom.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;

/**
 * Parses JSON objects. Objects in objects become dotted paths; of an array, every element stands
 * under the array's path, so that differing values are refused as {@code several_values} unless the
 * caller mapped that path, which takes the first. Numbers and booleans keep their spelling. A
 * document in a dump's wrapper, an object-valued {@code _source}, is taken out of it; of the
 * wrapper only what the caller mapped is read.
 */
public final class JsonPieceParser implements PieceParser {
  /** Where Elasticsearch and OpenSearch put the document in a dump or search hit. */
  public static final String DUMP_KEY = "_source";

  private static final int MAX_NAME_CHARS = 1_000;
  private static final int MAX_NUMBER_CHARS = 1_000;

  private final JsonFactory factory;
  private final PathTree paths;
  private final Filling filling;
  private final List<PathTree.Tally> tallies = new ArrayList<>();
  private long records;
  private long objects;
  private boolean onlyMapped;
  private int elementBytes;

  JsonPieceParser(JsonFactory factory, Columns columns, ImageFiles images) {
    this.factory = factory;
    this.paths = new PathTree(columns);
    this.filling = new Filling(columns, images);
  }

  /**
   * The factory for elements of up to {@code maxElementBytes}; thread-safe. Duplicate keys are
   * found here rather than by its own check, which would make a set of names for every object.
   */
  public static JsonFactory factory(int maxElementBytes) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(Fault.MAX_DEPTH)
                .maxStringLength(maxElementBytes)
                .maxNameLength(MAX_NAME_CHARS)
                .maxNumberLength(MAX_NUMBER_CHARS)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .build();
  }

  @Override
  public void parse(RawBatch batch, Sink sink) {
    for (int i = 0; i < batch.size(); i++) {
      sink.accept(i, parse(batch, i));
    }
  }

  private Parsed parse(RawBatch batch, int piece) {
    Place place = batch.place(piece);
    @Nullable Problem problem = batch.problem(piece);
    int start = batch.start(piece);
    int end = batch.end(piece);
    if (problem == null) {
      problem =
          switch (Utf8.check(batch.data(), start, end)) {
            case GOOD -> null;
            case BROKEN -> Fault.BROKEN_UTF8.problem();
            case CUT -> Fault.TRUNCATED.problem();
            case NUL -> Fault.NUL.problem();
          };
    }
    if (problem == null) {
      problem = fill(batch.data(), start, end - start);
    }
    return problem == null ? filling.finish(place) : new Rejected(place, List.of(problem));
  }

  private @Nullable Problem fill(byte[] data, int start, int length) {
    filling.start();
    tallies.clear();
    records++;
    onlyMapped = false;
    elementBytes = length;
    try (JsonParser parser = factory.createParser(data, start, length)) {
      @Nullable Problem problem = document(parser, data[start + length - 1]);
      if (problem == null) {
        tallies.forEach(PathTree.Tally::count);
      }
      return problem;
    } catch (IOException e) {
      throw new BugException("reading from memory failed");
    }
  }

  private @Nullable Problem document(JsonParser parser, byte last) throws IOException {
    boolean inside = false;
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Fault.NOT_AN_OBJECT.problem();
      }
      inside = true;
      object(parser, paths.startRecord(), true);
      inside = false;
      return parser.nextToken() == null ? null : Fault.BAD_JSON.problem();
    } catch (Refusal e) {
      return e.problem();
    } catch (JsonEOFException e) {
      return inside ? Fault.TRUNCATED.problem() : Fault.BAD_JSON.problem();
    } catch (StreamConstraintsException e) {
      return parser.getParsingContext().getNestingDepth() >= Fault.MAX_DEPTH
          ? Fault.TOO_DEEP.problem()
          : Fault.TOO_LONG.problem("a name, number or text of the element is too long");
    } catch (JsonProcessingException e) {
      // Jackson's message may quote the input, so only the place of the error is passed on.
      long at = parser.currentLocation().getByteOffset();
      boolean cut = inside && last != '}' && at >= elementBytes;
      return cut
          ? Fault.TRUNCATED.problem()
          : Fault.BAD_JSON.problem(Fault.BAD_JSON.problem().text() + " near its byte " + at);
    }
  }

  private void object(JsonParser parser, PathTree.Node node, boolean outer) throws IOException {
    long serial = ++objects;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      PathTree.Node child = paths.child(node, name);
      if (child.seenIn == serial) {
        throw new Refusal(Fault.DUPLICATE_KEY.problem());
      }
      child.seenIn = serial;
      JsonToken token = parser.nextToken();
      if (outer && token == JsonToken.START_OBJECT && name.equals(DUMP_KEY)) {
        wrapped(parser);
      } else {
        value(parser, token, child);
      }
    }
  }

  private void wrapped(JsonParser parser) throws IOException {
    filling.keepOnly(source -> ((PathTree.Node) source).mapped);
    tallies.forEach(tally -> tally.countedIn = 0);
    tallies.clear();
    object(parser, paths.wrapped(), false);
    onlyMapped = true;
  }

  private void value(JsonParser parser, JsonToken token, PathTree.Node node) throws IOException {
    switch (token) {
      case START_OBJECT -> object(parser, node, false);
      case START_ARRAY -> {
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          value(parser, next, node);
        }
      }
      case VALUE_NULL -> {}
      default -> scalar(parser, node);
    }
  }

  private void scalar(JsonParser parser, PathTree.Node node) throws IOException {
    if (onlyMapped && !node.mapped) {
      return;
    }
    if (node.position != Columns.UNKNOWN) {
      filling.set(node.position, parser.getText(), node, node.mapped);
      return;
    }
    PathTree.Tally tally = paths.tally(node);
    if (tally.countedIn != records) {
      tally.countedIn = records;
      tallies.add(tally);
    }
  }
}

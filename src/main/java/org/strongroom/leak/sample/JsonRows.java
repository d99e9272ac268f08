package org.strongroom.leak.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.JsonPieceParser;
import org.strongroom.kernel.VaultException;

/**
 * JSON: documents after one another, on lines or not; the elements of arrays around them; the array
 * inside an envelope. Objects in objects become dotted paths; of an array, every element stands
 * under its path. A document in a dump's {@code _source} is taken out, and of what is around it
 * only the {@code _id} is kept. For one thread.
 */
final class JsonRows implements RowReader {
  private static final String ID = "_id";
  private static final List<String> BULK_ACTIONS = List.of("index", "create");

  private final String file;
  private final JsonParser parser;
  private final JsonPaths paths;
  private final Columns columns;

  /** The names that lead to the array of records in each document; empty where there is none. */
  private final List<String> envelope;

  /** How many of those names have been gone down; -1 outside of any document. */
  private int level = -1;

  private boolean inRecords;

  JsonRows(Reader in, String file, Columns columns, SampleLimits limits, List<String> envelope)
      throws IOException {
    this.file = file;
    this.parser = factory(limits).createParser(in);
    this.paths = new JsonPaths(columns);
    this.columns = columns;
    this.envelope = envelope;
  }

  /**
   * As the import has it, but for names: a table of them would grow with a file whose keys are
   * values.
   */
  static JsonFactory factory(SampleLimits limits) {
    return JsonPieceParser.factory(limits.maxValueChars())
        .rebuild()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .build();
  }

  @Override
  public String format() {
    return "json";
  }

  @Override
  public boolean read(RowsBuilder to) throws IOException {
    try {
      return level >= 0 ? readEnvelope(to) : readDocuments(to);
    } catch (JsonProcessingException e) {
      throw refused(e, to);
    }
  }

  private boolean readDocuments(RowsBuilder to) throws IOException {
    @Nullable JsonToken token = parser.nextToken();
    if (token == null) {
      return false;
    }
    switch (token) {
      case START_OBJECT -> {
        if (envelope.isEmpty()) {
          record(to);
        } else {
          level = 0;
        }
      }
      case START_ARRAY, END_ARRAY, VALUE_NULL -> {}
      default -> {
        scalar(paths.root(), to);
        end(to);
      }
    }
    return true;
  }

  private boolean readEnvelope(RowsBuilder to) throws IOException {
    JsonToken token = parser.nextToken();
    if (inRecords) {
      switch (token) {
        case START_OBJECT -> record(to);
        case END_ARRAY -> inRecords = false;
        default -> parser.skipChildren();
      }
    } else if (token == JsonToken.END_OBJECT) {
      level--;
    } else {
      boolean onTheWay = parser.currentName().equals(envelope.get(level));
      JsonToken value = parser.nextToken();
      boolean last = level == envelope.size() - 1;
      if (onTheWay && last && value == JsonToken.START_ARRAY) {
        inRecords = true;
      } else if (onTheWay && !last && value == JsonToken.START_OBJECT) {
        level++;
      } else {
        parser.skipChildren();
      }
    }
    return true;
  }

  private void record(RowsBuilder to) throws IOException {
    paths.enter(paths.root());
    int names = 0;
    @Nullable String bulk = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      names++;
      if (token == JsonToken.START_OBJECT && name.equals(JsonPieceParser.DUMP_KEY)) {
        dumped(to);
        end(to);
        return;
      }
      if (token == JsonToken.START_OBJECT && BULK_ACTIONS.contains(name)) {
        bulk = name;
      }
      value(token, paths.child(paths.root(), name), to);
    }
    if (bulk != null && names == 1 && isAction(bulk, to)) {
      to.dropRow();
    } else {
      end(to);
    }
  }

  /** The document in a dump's wrapper, whose remaining names follow it. */
  private void dumped(RowsBuilder to) throws IOException {
    to.keepOnly(columns.id(ID));
    object(paths.root(), to);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      parser.nextToken();
      parser.skipChildren();
    }
  }

  /** Whether the record is a line of a bulk file that only says where the next one belongs. */
  private boolean isAction(String name, RowsBuilder to) {
    for (int i = 0; i < to.valuesInRow(); i++) {
      if (!columns.name(to.column(i)).startsWith(name + "._")) {
        return false;
      }
    }
    return true;
  }

  private static void end(RowsBuilder to) {
    to.endRow();
  }

  private void object(JsonPaths.Node node, RowsBuilder to) throws IOException {
    paths.enter(node);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JsonPaths.Node child = paths.child(node, parser.currentName());
      value(parser.nextToken(), child, to);
    }
  }

  private void value(JsonToken token, JsonPaths.Node node, RowsBuilder to) throws IOException {
    switch (token) {
      case START_OBJECT -> object(node, to);
      case START_ARRAY -> {
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          value(next, node, to);
        }
      }
      case VALUE_NULL -> {}
      default -> scalar(node, to);
    }
  }

  private void scalar(JsonPaths.Node node, RowsBuilder to) throws IOException {
    to.add(
        paths.column(node),
        parser.getTextCharacters(),
        parser.getTextOffset(),
        parser.getTextLength());
  }

  private VaultException refused(JsonProcessingException e, RowsBuilder to) {
    // Jackson's message may quote the input, so only the place is passed on.
    JsonLocation at = parser.currentLocation();
    String place =
        "line "
            + at.getLineNr()
            + ", column "
            + at.getColumnNr()
            + ", record "
            + (to.recordsOfFile() + 1);
    if (e instanceof JsonEOFException) {
      return Unreadable.at(file, place, "the JSON ends in the middle");
    }
    if (e instanceof StreamConstraintsException) {
      boolean deep = parser.getParsingContext().getNestingDepth() >= 60;
      return Unreadable.at(
          file,
          place,
          deep
              ? "the JSON is nested too deeply for records"
              : "a name, number or text in the JSON is longer than it may be");
    }
    return Unreadable.at(file, place, "this is not valid JSON");
  }
}

package org.strongroom.leak.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.JsonPieceParser;

/**
 * Looks at the beginning of a JSON file for an envelope: a document that is no record but holds an
 * array of them, as the answers of search engines and the exports of database tools do.
 */
final class JsonShape {
  /** Where Elasticsearch and OpenSearch put what they found. */
  private static final List<String> HITS = List.of("hits", "hits");

  private static final int MAX_LEVELS = 3;

  private final JsonParser parser;
  private final Map<List<String>, Integer> arrays = new HashMap<>();

  private JsonShape(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The names that lead to the array of records; empty if the documents are the records.
   *
   * @param prefix of the file
   */
  static List<String> envelope(String prefix, SampleLimits limits) {
    JsonFactory factory = JsonRows.factory(limits);
    try (JsonParser parser = factory.createParser(prefix)) {
      return new JsonShape(parser).envelope();
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<String> envelope() {
    boolean alone = false;
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return List.of();
      }
      alone = true;
      object(new ArrayList<>());
      alone = parser.nextToken() == null;
    } catch (IOException e) {
      // Cut, most likely; what is wrong is told when it is read.
    }
    if (arrays.containsKey(HITS)) {
      return HITS;
    }
    List<String> best = List.of();
    int most = 1;
    for (Map.Entry<List<String>, Integer> array : arrays.entrySet()) {
      if (alone && array.getValue() > most) {
        best = array.getKey();
        most = array.getValue();
      }
    }
    return best;
  }

  private void object(List<String> path) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (path.isEmpty() && name.equals(JsonPieceParser.DUMP_KEY)) {
        // A record, however large.
        arrays.clear();
        throw new IOException("no envelope");
      }
      path.add(name);
      if (token == JsonToken.START_OBJECT && path.size() < MAX_LEVELS) {
        object(path);
      } else if (token == JsonToken.START_ARRAY) {
        array(List.copyOf(path));
      } else {
        parser.skipChildren();
      }
      path.remove(path.size() - 1);
    }
  }

  private void array(List<String> path) throws IOException {
    for (@Nullable JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null) {
        throw new IOException("cut");
      }
      if (token == JsonToken.START_OBJECT) {
        arrays.merge(path, 1, Integer::sum);
      }
      parser.skipChildren();
    }
  }
}

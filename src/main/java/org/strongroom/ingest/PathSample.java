package org.strongroom.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the paths under which the first records of a JSON input have values. */
final class PathSample {
  private static final int MAX_PATHS = 5_000;

  private final JsonFactory factory;
  private final Set<String> paths = new LinkedHashSet<>();

  PathSample(JsonFactory factory) {
    this.factory = factory;
  }

  /** The paths so far, in the order in which they were met. */
  Set<String> paths() {
    return paths;
  }

  /** Takes in the elements of {@code batch}; of a broken one, what comes before the break. */
  void add(RawBatch batch) {
    for (int i = 0; i < batch.size() && paths.size() < MAX_PATHS; i++) {
      int length = batch.end(i) - batch.start(i);
      Set<String> found = new LinkedHashSet<>();
      try (JsonParser parser = factory.createParser(batch.data(), batch.start(i), length)) {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          object(parser, "", found);
        }
      } catch (IOException e) {
        // What is wrong with the element is told when it is parsed.
      }
      found.stream().limit(MAX_PATHS - (long) paths.size()).forEach(paths::add);
    }
  }

  private static void object(JsonParser parser, String path, Set<String> found) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (path.isEmpty()
          && token == JsonToken.START_OBJECT
          && name.equals(JsonPieceParser.DUMP_KEY)) {
        found.clear();
        object(parser, path, found);
        return;
      }
      value(parser, token, path.isEmpty() ? name : path + "." + name, found);
    }
  }

  private static void value(
      JsonParser parser, @Nullable JsonToken token, String path, Set<String> found)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      object(parser, path, found);
    } else if (token == JsonToken.START_ARRAY) {
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        value(parser, next, path, found);
      }
    } else if (token != JsonToken.VALUE_NULL
        && found.size() < MAX_PATHS
        && path.length() <= PathTree.MAX_PATH_CHARS) {
      found.add(path);
    }
  }
}

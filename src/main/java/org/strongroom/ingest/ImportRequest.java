package org.strongroom.ingest;

import java.util.Map;

/**
 * What to import, and how to read it.
 *
 * @param maps from source column to field, where they are not called the same
 */
public record ImportRequest(String collection, Map<String, String> maps, ReadOptions options) {
  public ImportRequest {
    maps = Map.copyOf(maps);
  }
}

package org.strongroom.vault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.identity.Actor;
import org.strongroom.policy.Granted;
import org.strongroom.policy.View;
import org.strongroom.schema.Field;

/**
 * On what grounds something of a collection is shown.
 *
 * @param index by which it was searched; null when a record is named by its id
 */
record Grounds(
    Actor actor, Granted granted, Shelf shelf, Optional<String> reason, @Nullable String index) {

  /** The view of every field, in the collection's order. */
  Map<String, View> views() {
    Map<String, View> out = new LinkedHashMap<>();
    for (Field field : shelf.spec().fields()) {
      out.put(field.name(), granted.viewOf(field.name(), field.sensitivity().text()));
    }
    return out;
  }

  /** A reason may hold personal data. */
  @Override
  public String toString() {
    return "Grounds[redacted]";
  }
}

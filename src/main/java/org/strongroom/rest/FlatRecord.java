package org.strongroom.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Draft;
import org.strongroom.schema.Problem;

/**
 * A record as one JSON object: field names, as declared, to text, number, boolean or null.
 *
 * @param problems what is no field, or no single value; then the draft is not whole
 */
record FlatRecord(Draft draft, List<Problem> problems) {
  /** Stands for a name that may be somebody's data, such as a phone number used as a key. */
  private static final String NOT_SHOWN = "(not shown)";

  private static final int MOST_PROBLEMS = 100;

  FlatRecord {
    problems = List.copyOf(problems);
  }

  static FlatRecord of(CollectionSpec spec, ObjectNode json) {
    Draft draft = new Draft(spec.fieldCount());
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (problems.size() == MOST_PROBLEMS) {
        break;
      }
      int position = spec.position(entry.getKey());
      JsonNode value = entry.getValue();
      if (position < 0) {
        String name = shown(entry.getKey());
        problems.add(new Problem(name, "unknown_field", "the collection declares no such field"));
      } else if (value.isContainerNode()) {
        String name = entry.getKey();
        problems.add(
            new Problem(
                name, name + ".not_flat", "is a text, number or boolean, no array or object"));
      } else if (!value.isNull()) {
        draft.set(position, value.isTextual() ? value.textValue() : value.asText());
      }
    }
    return new FlatRecord(draft, problems);
  }

  private static String shown(String name) {
    return name.matches("[A-Za-z][A-Za-z_-]{0,39}[0-9]{0,2}") ? name : NOT_SHOWN;
  }

  @Override
  public String toString() {
    return "FlatRecord[redacted]";
  }
}

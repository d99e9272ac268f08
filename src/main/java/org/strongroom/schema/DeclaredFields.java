package org.strongroom.schema;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.strongroom.yaml.YamlNode;

/** The fields of a declaration, by position and by name, while the rest of it is being read. */
final class DeclaredFields {
  private static final int MAX_FIELDS = 200;

  private final List<Field> fields = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  /** Who has which name or alias, in loose form: two fields must not answer to the same. */
  private final Map<String, String> owners = new HashMap<>();

  private DeclaredFields() {}

  static DeclaredFields read(YamlNode node, Map<String, Integer> knownTags, Clock clock) {
    List<YamlNode> items = node.list();
    if (items.isEmpty() || items.size() > MAX_FIELDS) {
      throw node.error("a collection has from 1 to " + MAX_FIELDS + " fields");
    }
    DeclaredFields out = new DeclaredFields();
    FieldReader reader = new FieldReader(clock);
    int nextTag = knownTags.values().stream().mapToInt(tag -> tag).max().orElse(0) + 1;
    for (YamlNode item : items) {
      FieldReader.Declared declared = reader.read(item);
      Integer known = knownTags.get(declared.name());
      out.add(item, declared.tagged(known != null ? known : nextTag++));
    }
    return out;
  }

  private void add(YamlNode item, Field field) {
    if (positions.put(field.name(), fields.size()) != null) {
      throw item.error("there are two fields named \"" + field.name() + "\"");
    }
    fields.add(field);
    own(item, field.name(), field);
    field.aliases().forEach(alias -> own(item, alias, field));
  }

  private void own(YamlNode item, String alias, Field field) {
    String owner = owners.putIfAbsent(CollectionSpec.looseName(alias), field.name());
    if (owner != null && !owner.equals(field.name())) {
      throw item.error("\"" + alias + "\" already stands for the field \"" + owner + "\"");
    }
  }

  List<Field> all() {
    return List.copyOf(fields);
  }

  Field get(int position) {
    return fields.get(position);
  }

  /** The position of the field that {@code name} names; an error at its line if there is none. */
  int position(YamlNode name) {
    Integer position = positions.get(name.text());
    if (position == null) {
      throw name.error("there is no field named \"" + name.text() + "\"");
    }
    return position;
  }
}

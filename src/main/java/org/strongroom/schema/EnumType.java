package org.strongroom.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of a declared list of values; each may have aliases, which become the value. */
final class EnumType implements FieldType {
  static final int MAX_CHARS = 100;

  /** What came in, as declared or folded, to the canonical value. */
  private final Map<String, String> values;

  /**
   * @param declared every value with its aliases, no two alike after {@link #fold}
   */
  EnumType(Map<String, List<String>> declared) {
    Map<String, String> out = new HashMap<>();
    declared.forEach(
        (value, aliases) -> {
          out.put(value, value);
          out.put(fold(value), value);
          aliases.forEach(
              alias -> {
                out.put(alias, value);
                out.put(fold(alias), value);
              });
        });
    this.values = out;
  }

  /** What letter case and white space do not count in. */
  static String fold(String text) {
    return CleanText.looseForm(text);
  }

  /** A word that stands for two values; null if there is none. */
  static @Nullable String clash(Map<String, List<String>> declared) {
    Map<String, String> owners = new HashMap<>();
    for (String value : declared.keySet()) {
      if (owners.putIfAbsent(fold(value), value) != null) {
        return value;
      }
    }
    for (Map.Entry<String, List<String>> entry : declared.entrySet()) {
      for (String alias : entry.getValue()) {
        String owner = owners.putIfAbsent(fold(alias), entry.getKey());
        if (owner != null && !owner.equals(entry.getKey())) {
          return alias;
        }
      }
    }
    return null;
  }

  @Override
  public String name() {
    return "enum";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    String exact = values.get(raw);
    if (exact != null) {
      return exact;
    }
    String folded = values.get(fold(CleanText.line(raw, MAX_CHARS)));
    if (folded == null) {
      throw new InvalidValue("not_listed", "is none of the declared values");
    }
    return folded;
  }

  /** Nothing. */
  @Override
  public String mask(String canonical) {
    return HIDDEN;
  }

  @Override
  public JsonKind json() {
    return JsonKind.TEXT;
  }
}

package org.strongroom.schema;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.yaml.YamlNode;

/** Reads the cross-field checks of a declaration. */
final class CheckReader {
  private final DeclaredFields fields;
  private final Clock clock;

  CheckReader(DeclaredFields fields, Clock clock) {
    this.fields = fields;
    this.clock = clock;
  }

  List<CrossCheck> read(@Nullable YamlNode node) {
    List<CrossCheck> out = new ArrayList<>();
    for (YamlNode item : node == null ? List.<YamlNode>of() : node.list()) {
      Map<String, YamlNode> keys = item.mapping(Set.of("check", "field", "with", "outcome"));
      Kind kind = Kind.of(item.required(keys, "check"));
      boolean error = item.required(keys, "outcome").oneOf(Outcome.class) == Outcome.ERROR;
      YamlNode field = item.required(keys, "field");
      Problem problem =
          Problem.of(fields.get(fields.position(field)).name(), kind.reason, kind.text);
      out.add(new CrossCheck(rule(kind, item, keys, field), problem, error));
    }
    return List.copyOf(out);
  }

  private CrossCheck.Rule rule(
      Kind kind, YamlNode item, Map<String, YamlNode> keys, YamlNode field) {
    int position = fields.position(field);
    FieldType type = fields.get(position).type();
    YamlNode with = keys.get("with");
    if (kind == Kind.NOT_IN_FUTURE) {
      if (with != null) {
        throw with.error("not_in_future looks at one field only");
      }
      return switch (type.name()) {
        case "date" -> CrossCheck.dateNotInFuture(position, clock);
        case "timestamp" -> CrossCheck.timestampNotInFuture(position, clock);
        default -> throw field.error("not_in_future needs a date or a timestamp");
      };
    }
    int id = fields.position(item.required(keys, "with"));
    if (!fields.get(id).type().name().equals("cn.resident_id")) {
      throw item.required(keys, "with").error("\"with\" needs a field of type cn.resident_id");
    }
    if (kind == Kind.SEX_AGREES) {
      if (!isValue(type, "male") || !isValue(type, "female")) {
        throw field.error("sex_agrees needs an enum with the values male and female");
      }
      return CrossCheck.sexAgrees(position, id);
    }
    if (!type.name().equals("date")) {
      throw field.error("birth_date_agrees needs a date");
    }
    return CrossCheck.birthDateAgrees(position, id);
  }

  private static boolean isValue(FieldType type, String value) {
    try {
      return type.name().equals("enum") && type.normalise(value).equals(value);
    } catch (InvalidValue e) {
      return false;
    }
  }

  private enum Outcome {
    WARNING,
    ERROR
  }

  private enum Kind {
    BIRTH_DATE_AGREES("disagrees", "is not the birth date in the ID number"),
    SEX_AGREES("disagrees", "is not the sex in the ID number"),
    NOT_IN_FUTURE("in_future", "lies in the future");

    private final String reason;
    private final String text;

    Kind(String reason, String text) {
      this.reason = reason;
      this.text = text;
    }

    private static Kind of(YamlNode node) {
      List<String> names = new ArrayList<>();
      for (Kind kind : values()) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        if (name.equals(node.text())) {
          return kind;
        }
        names.add(name);
      }
      throw node.error("one of " + names + " is expected here");
    }
  }
}

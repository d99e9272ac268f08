package org.strongroom.schema;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.yaml.YamlNode;

/**
 * Reads one field of a collection's declaration. Keys of every field:
 *
 * <pre>
 * name: phone            # [a-z][a-z0-9_]*
 * type: phone            # cn.resident_id, name, address, phone, email, date, timestamp, enum, text,
 *                        # integer, boolean, image
 * class: ordinary        # or sensitive; see {@link Sensitivity}
 * required: true         # false if not said
 * aliases: [mobile]      # what other systems call it
 * description: ...
 * mask: full             # none, full, first or last-four, instead of what the type's mask shows
 * </pre>
 *
 * <p>And of some types: {@code region} (phone: CN...), {@code values} (enum: a list, or a mapping
 * of values to their aliases), {@code max_chars} and {@code identifier} (text), {@code min} and
 * {@code max} (integer), {@code max_bytes} (image).
 */
final class FieldReader {
  private static final Set<String> COMMON =
      Set.of("name", "type", "class", "required", "aliases", "description", "mask");
  private static final Map<String, Set<String>> OF_TYPE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("cn.resident_id", Set.of()),
              Map.entry("name", Set.of()),
              Map.entry("address", Set.of()),
              Map.entry("phone", Set.of("region")),
              Map.entry("email", Set.of()),
              Map.entry("date", Set.of()),
              Map.entry("timestamp", Set.of()),
              Map.entry("enum", Set.of("values")),
              Map.entry("text", Set.of("max_chars", "identifier")),
              Map.entry("integer", Set.of("min", "max")),
              Map.entry("boolean", Set.of()),
              Map.entry("image", Set.of("max_bytes"))));
  private static final int MAX_TEXT_CHARS = 1_000_000;
  private static final int MAX_IMAGE_BYTES = 64 << 20;

  private final Clock clock;

  FieldReader(Clock clock) {
    this.clock = clock;
  }

  /** A field but for its tag. */
  record Declared(
      String name,
      FieldType type,
      Sensitivity sensitivity,
      boolean required,
      List<String> aliases,
      String description) {
    Field tagged(int tag) {
      return new Field(name, tag, type, sensitivity, required, aliases, description);
    }
  }

  Declared read(YamlNode node) {
    Map<String, YamlNode> keys = node.mapping();
    String name = CollectionReader.name(node.required(keys, "name"));
    YamlNode typeNode = node.required(keys, "type");
    Set<String> own = OF_TYPE.get(typeNode.text());
    if (own == null) {
      throw typeNode.error("one of the types " + OF_TYPE.keySet() + " is expected here");
    }
    requireKnown(keys, typeNode.text(), own, node);
    FieldType type = type(typeNode.text(), node, keys);
    YamlNode mask = keys.get("mask");
    if (mask != null) {
      Mask override = mask.oneOf(Mask.class);
      if (type.json() == FieldType.JsonKind.IMAGE) {
        throw mask.error("an image is shown or hidden, it has no mask");
      }
      type = override.over(type);
    }
    YamlNode required = keys.get("required");
    YamlNode description = keys.get("description");
    return new Declared(
        name,
        type,
        node.required(keys, "class").oneOf(Sensitivity.class),
        required != null && required.bool(),
        aliases(keys.get("aliases")),
        description == null ? "" : description.text());
  }

  private static void requireKnown(
      Map<String, YamlNode> keys, String type, Set<String> own, YamlNode node) {
    for (Map.Entry<String, YamlNode> entry : keys.entrySet()) {
      String key = entry.getKey();
      if (COMMON.contains(key) || own.contains(key)) {
        continue;
      }
      for (Map.Entry<String, Set<String>> other : OF_TYPE.entrySet()) {
        if (other.getValue().contains(key)) {
          throw entry
              .getValue()
              .error("\"" + key + "\" belongs to type " + other.getKey() + ", not to " + type);
        }
      }
      Set<String> known = new HashSet<>(COMMON);
      known.addAll(own);
      node.mapping(known);
    }
  }

  private FieldType type(String type, YamlNode node, Map<String, YamlNode> keys) {
    return switch (type) {
      case "cn.resident_id" -> new ResidentIdType(clock);
      case "name" -> new NameType();
      case "address" -> new AddressType();
      case "phone" -> phone(node.required(keys, "region"));
      case "email" -> new EmailType();
      case "date" -> new DateType();
      case "timestamp" -> new TimestampType();
      case "enum" -> enumeration(node.required(keys, "values"));
      case "text" -> text(keys);
      case "integer" -> integer(node, keys);
      case "boolean" -> new BooleanType();
      default ->
          new ImageType(
              (int) number(keys, "max_bytes", ImageType.DEFAULT_MAX_BYTES, 1, MAX_IMAGE_BYTES));
    };
  }

  private static FieldType phone(YamlNode region) {
    if (!PhoneType.isRegion(region.text())) {
      throw region.error("a region by ISO 3166-1 is expected here, such as CN");
    }
    return new PhoneType(region.text());
  }

  private static FieldType text(Map<String, YamlNode> keys) {
    YamlNode node = keys.get("identifier");
    boolean identifier = node != null && node.bool();
    int usual = identifier ? TextType.DEFAULT_MAX_IDENTIFIER_CHARS : TextType.DEFAULT_MAX_CHARS;
    return new TextType((int) number(keys, "max_chars", usual, 1, MAX_TEXT_CHARS), identifier);
  }

  private static FieldType integer(YamlNode node, Map<String, YamlNode> keys) {
    long least = number(keys, "min", Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
    long most = number(keys, "max", Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
    if (least > most) {
      throw node.required(keys, "max").error("\"max\" is less than \"min\"");
    }
    return new IntegerType(least, most);
  }

  private static long number(
      Map<String, YamlNode> keys, String key, long usual, long least, long most) {
    YamlNode node = keys.get(key);
    return node == null ? usual : node.number(least, most);
  }

  private static FieldType enumeration(YamlNode node) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (node.isMapping()) {
      node.mapping().forEach((value, aliases) -> values.put(clean(value, node), aliases(aliases)));
    } else {
      for (YamlNode item : node.list()) {
        if (values.put(clean(item.text(), item), List.of()) != null) {
          throw item.error("\"" + item.text() + "\" stands here twice");
        }
      }
    }
    if (values.isEmpty()) {
      throw node.error("an enum has values");
    }
    String clash = EnumType.clash(values);
    if (clash != null) {
      throw node.error("\"" + clash + "\" stands for two values");
    }
    return new EnumType(values);
  }

  private static List<String> aliases(@Nullable YamlNode node) {
    List<String> out = new ArrayList<>();
    for (YamlNode item : node == null ? List.<YamlNode>of() : node.list()) {
      out.add(clean(item.text(), item));
    }
    return out;
  }

  /** A declared word, which must be in the form that values are compared in. */
  private static String clean(String word, YamlNode node) {
    try {
      if (CleanText.line(word, EnumType.MAX_CHARS).equals(word)) {
        return word;
      }
    } catch (InvalidValue e) {
      // Falls through to the one message.
    }
    throw node.error("a word without needless white space or full-width characters is expected");
  }
}

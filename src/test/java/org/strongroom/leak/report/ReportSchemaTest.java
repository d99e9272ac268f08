package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the JSON Schema against the records, and docs/leak-report.md against the schema. */
class ReportSchemaTest {
  private static final Path PAGE = Path.of("docs", "leak-report.md");
  private static final Pattern DIGEST = Pattern.compile("(?m)^    (\\{ sed [^\\n]+sha256sum)$");

  @Test
  void schema_ofEachRecord_namesItsMembersInOrder() throws IOException {
    Map<String, Class<?>> records = new LinkedHashMap<>();
    collect(Report.class, records);
    records.remove("Report");
    records.remove("Findings");
    JsonNode schema = schema();

    List<RecordComponent> top = new ArrayList<>();
    top.addAll(List.of(Report.Findings.class.getRecordComponents()));
    top.addAll(List.of(Report.class.getRecordComponents()).subList(1, 4));
    hold(schema, top);
    for (Map.Entry<String, Class<?>> each : records.entrySet()) {
      hold(
          schema.path("$defs").path(each.getKey()), List.of(each.getValue().getRecordComponents()));
    }
    assertThat(names(schema.path("$defs"))).containsExactlyInAnyOrderElementsOf(records.keySet());
  }

  private static void hold(JsonNode described, List<RecordComponent> components) {
    assertThat(described.path("type").textValue()).isEqualTo("object");
    assertThat(described.path("additionalProperties").isBoolean()).isTrue();
    assertThat(described.path("additionalProperties").booleanValue()).isFalse();
    assertThat(described.path("description").asText()).endsWith(".");
    JsonNode members = described.path("properties");
    assertThat(names(members)).isEqualTo(components.stream().map(ReportShape::nameOf).toList());
    List<String> required = new ArrayList<>();
    described.path("required").forEach(name -> required.add(name.textValue()));
    assertThat(required)
        .isEqualTo(
            components.stream()
                .filter(component -> !ReportShape.isOptional(component))
                .map(ReportShape::nameOf)
                .toList());
    for (RecordComponent component : components) {
      JsonNode member = members.path(ReportShape.nameOf(component));
      assertThat(member.path("description").asText()).as(component.toString()).endsWith(".");
      holdType(member, component.getGenericType());
    }
  }

  private static void holdType(JsonNode member, Type type) {
    String is = member.path("type").asText();
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      assertThat(is).isEqualTo(list ? "array" : "object");
      Type[] of = generic.getActualTypeArguments();
      holdType(member.path(list ? "items" : "additionalProperties"), of[list ? 0 : 1]);
    } else if (type instanceof Class<?> plain && plain.isRecord()) {
      assertThat(member.path("$ref").asText()).isEqualTo("#/$defs/" + plain.getSimpleName());
    } else {
      String name =
          type == long.class || type == int.class || type == Long.class
              ? "integer"
              : type == double.class || type == Double.class
                  ? "number"
                  : type == boolean.class ? "boolean" : "string";
      assertThat(is).isEqualTo(name);
      assertThat(member.path("format").asText())
          .isEqualTo(type == Instant.class ? "date-time" : "");
    }
  }

  static Stream<Report> reports() {
    return ReportJsonTest.reports();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void schema_ofAReport_holdsForIt(Report report) throws IOException {
    JsonNode schema = schema();

    holdValue(new ObjectMapper().readTree(ReportJson.write(report)), schema, schema);
  }

  /** As much of JSON Schema as this one uses. */
  private static void holdValue(JsonNode value, JsonNode by, JsonNode root) {
    if (by.has("$ref")) {
      String name = by.path("$ref").textValue().substring("#/$defs/".length());
      holdValue(value, root.path("$defs").path(name), root);
      return;
    }
    switch (by.path("type").asText()) {
      case "object" -> {
        by.path("required").forEach(name -> assertThat(value.has(name.textValue())).isTrue());
        value
            .properties()
            .forEach(
                member -> {
                  JsonNode of = by.path("properties").path(member.getKey());
                  JsonNode rule = of.isMissingNode() ? by.path("additionalProperties") : of;
                  assertThat(rule.isObject()).as(member.getKey()).isTrue();
                  holdValue(member.getValue(), rule, root);
                });
      }
      case "array" -> value.forEach(element -> holdValue(element, by.path("items"), root));
      case "integer" -> assertThat(value.isIntegralNumber()).isTrue();
      case "number" -> assertThat(value.isNumber()).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).isTrue();
      default -> assertThat(value.isTextual()).isTrue();
    }
    if (by.has("enum")) {
      assertThat(by.path("enum")).contains(value);
    }
    if (by.has("pattern")) {
      assertThat(value.textValue()).matches(by.path("pattern").textValue());
    }
    if (by.has("minimum")) {
      assertThat(value.doubleValue()).isGreaterThanOrEqualTo(by.path("minimum").doubleValue());
    }
    if (by.has("maximum")) {
      assertThat(value.doubleValue()).isLessThanOrEqualTo(by.path("maximum").doubleValue());
    }
    if (by.has("const")) {
      assertThat(value).isEqualTo(by.path("const"));
    }
  }

  @Test
  void page_ofTheReport_hasTheTablesOfTheSchema() throws IOException {
    assertThat(Files.readString(PAGE)).contains(tables());
  }

  /** The command by which the page tells people to compute the digest. */
  static String digestCommand() throws IOException {
    Matcher command = DIGEST.matcher(Files.readString(PAGE));
    assertThat(command.find()).isTrue();
    return command.group(1);
  }

  /** A table for the report and for each kind of object in it. */
  static String tables() throws IOException {
    JsonNode schema = schema();
    StringBuilder out = new StringBuilder("### The report\n\n");
    table(schema, out);
    schema
        .path("$defs")
        .properties()
        .forEach(
            each -> {
              out.append("\n### ").append(each.getKey()).append("\n\n");
              table(each.getValue(), out);
            });
    return out.toString();
  }

  private static void table(JsonNode described, StringBuilder out) {
    out.append(described.path("description").asText());
    out.append("\n\n| member | kind | |\n|---|---|---|\n");
    List<String> required = new ArrayList<>();
    described.path("required").forEach(name -> required.add(name.textValue()));
    described
        .path("properties")
        .properties()
        .forEach(
            member ->
                out.append("| `")
                    .append(member.getKey())
                    .append("` | ")
                    .append(kind(member.getValue()))
                    .append(required.contains(member.getKey()) ? "" : ", optional")
                    .append(" | ")
                    .append(member.getValue().path("description").asText())
                    .append(" |\n"));
  }

  private static String kind(JsonNode member) {
    if (member.has("$ref")) {
      String name = member.path("$ref").textValue().substring("#/$defs/".length());
      return "[" + name + "](#" + name.toLowerCase(java.util.Locale.ROOT) + ")";
    }
    if (member.has("enum")) {
      List<String> values = new ArrayList<>();
      member.path("enum").forEach(value -> values.add("`" + value.textValue() + "`"));
      return String.join(", ", values);
    }
    if (member.has("const")) {
      return "`" + member.path("const") + "`";
    }
    return switch (member.path("type").asText()) {
      case "array" -> "list of " + kind(member.path("items"));
      case "object" -> "by name: " + kind(member.path("additionalProperties"));
      case "integer" -> "whole number";
      case "string" -> member.has("format") ? "time" : "text";
      case "boolean" -> "`true`, `false`";
      default -> "number";
    };
  }

  private static void collect(Type type, Map<String, Class<?>> into) {
    if (type instanceof ParameterizedType generic) {
      for (Type of : generic.getActualTypeArguments()) {
        collect(of, into);
      }
      assertThat(List.of(List.class, TreeMap.class)).contains((Class<?>) generic.getRawType());
    } else if (type instanceof Class<?> plain
        && plain.isRecord()
        && into.putIfAbsent(plain.getSimpleName(), plain) == null) {
      for (RecordComponent component : plain.getRecordComponents()) {
        collect(component.getGenericType(), into);
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in = ReportJson.class.getResourceAsStream(ReportJson.SCHEMA)) {
      assertThat(in).isNotNull();
      return new ObjectMapper().readTree(in);
    }
  }
}

package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.http.Route;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;

/** The interface's description against the interface. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private ServedVault served;
  private JsonNode description;

  @BeforeAll
  void serve(@TempDir Path directory) throws Exception {
    served = new ServedVault(directory);
    HttpResponse<String> response = served.get("clerk", "/v1/openapi.json");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    description = ServedVault.json(response);
  }

  @AfterAll
  void stop() {
    served.close();
  }

  private static String name(Route<Actor> route) {
    return route.method().name().toLowerCase(Locale.ROOT)
        + " "
        + route.path().replace('<', '{').replace('>', '}');
  }

  /** Every operation, by method and path. */
  private Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          operations.put(operation.getKey() + " " + path.getKey(), operation.getValue());
        }
      }
    }
    return operations;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void operations_areExactlyTheRoutes() {
    assertThat(description.get("openapi").asText()).startsWith("3.1.");
    assertThat(operations().keySet())
        .containsExactlyInAnyOrderElementsOf(
            served.routes().stream().map(OpenApiTest::name).toList());
  }

  @Test
  void everyOperation_hasTheRoutesSummarySecurityAndBody() {
    Map<String, JsonNode> operations = operations();
    for (Route<Actor> route : served.routes()) {
      JsonNode operation = Objects.requireNonNull(operations.get(name(route)));
      assertThat(operation.get("summary").asText()).as(name(route)).isEqualTo(route.summary());
      boolean token = route.access() == Route.Access.TOKEN;
      assertThat(operation.get("security").size()).as(name(route)).isEqualTo(token ? 1 : 0);
      Set<String> types = names(operation.path("requestBody").path("content"));
      assertThat(types).as(name(route)).isEqualTo(route.body().contentTypes());
      assertThat(operation.path("responses").has("401"))
          .as(name(route))
          .isEqualTo(route.access() != Route.Access.OPEN);
    }
  }

  @Test
  void everyOperation_hasAnIdASuccessAndParametersForItsPath() {
    Set<String> ids = new HashSet<>();
    operations()
        .forEach(
            (name, operation) -> {
              assertThat(ids.add(operation.get("operationId").asText())).as(name).isTrue();
              assertThat(names(operation.get("responses")))
                  .as(name)
                  .anyMatch(status -> status.startsWith("2"));
              String path = name.substring(name.indexOf(' ') + 1);
              List<String> declared = new ArrayList<>();
              description
                  .get("paths")
                  .get(path)
                  .path("parameters")
                  .forEach(
                      each -> declared.add(at(each.get("$ref").asText()).get("name").asText()));
              List<String> used =
                  java.util.regex.Pattern.compile("\\{([a-z]+)}")
                      .matcher(path)
                      .results()
                      .map(match -> match.group(1))
                      .toList();
              assertThat(declared).as(name).isEqualTo(used);
            });
  }

  private JsonNode at(String reference) {
    assertThat(reference).startsWith("#/");
    return description.at(reference.substring(1));
  }

  @Test
  void everyReference_leadsSomewhere_andNothingStandsUnused() {
    Set<String> used = new TreeSet<>();
    for (JsonNode reference : description.findValues("$ref")) {
      assertThat(at(reference.asText()).isMissingNode()).as(reference.asText()).isFalse();
      used.add(reference.asText());
    }
    for (String kind : List.of("schemas", "responses", "parameters")) {
      for (String name : names(description.get("components").get(kind))) {
        assertThat(used).contains("#/components/" + kind + "/" + name);
      }
    }
  }

  @Test
  void everyProblem_saysACodeOfItsStatus() {
    for (Map.Entry<String, JsonNode> response :
        description.get("components").get("responses").properties()) {
      JsonNode example =
          response.getValue().get("content").get("application/problem+json").get("example");
      String code = example.get("code").asText();
      for (ErrorCode known : ErrorCode.values()) {
        if (known.code().equals(code) && example.get("status").asInt() != 415) {
          assertThat(example.get("status").asInt()).isEqualTo(known.status());
        }
      }
      assertThat(example.get("type").asText()).endsWith(":" + code);
    }
  }

  @Test
  void everyMember_isWrittenInSnakeCase() {
    List<String> names = new ArrayList<>();
    for (JsonNode properties : description.findValues("properties")) {
      names.addAll(names(properties));
    }
    assertThat(names).isNotEmpty().allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
  }

  /** Real answers have the members that are described, and no others. */
  @Test
  void answers_areAsDescribed() throws Exception {
    var resident = ServedVault.RESIDENTS.get(0);
    JsonNode kept =
        ServedVault.json(
            served.post(
                "clerk",
                "/v1/collections/residents/records",
                Map.of("resident_id", resident.residentId(), "name", resident.name())));
    assertIs(kept, "Outcome");
    JsonNode found =
        ServedVault.json(
            served.post(
                "clerk",
                "/v1/collections/residents/find",
                Map.of(
                    "where",
                    Map.of("resident_id", resident.residentId()),
                    "purpose",
                    "identity-check")));
    assertIs(found, "FindResponse");
    assertIs(found.get("matches").get(0), "Match");
    assertIs(found.get("receipt"), "Receipt");
    assertIs(ServedVault.json(served.get("clerk", "/v1/collections/residents")), "Declaration");
    assertIs(
        ServedVault.json(
            served.get(
                "clerk", "/v1/policy/explain?role=clerk&purpose=audit&collection=residents")),
        "Explanation");
    assertIs(
        ServedVault.json(served.get("administrator", "/v1/users")).get("users").get(0), "User");
    JsonNode moved =
        ServedVault.json(
            served.send(
                served
                    .request("/v1/users/some-clerk/agency", served.token("administrator"))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"agency\":\"黄浦 分局\"}"))));
    assertIs(moved, "User");
    assertThat(moved.get("agency").asText()).isEqualTo("黄浦 分局");
    JsonNode planted =
        ServedVault.json(
            served.post("protection-officer", "/v1/leak-canaries", Map.of("count", 2, "for", "x")));
    assertIs(planted, "PlantedCanaries");
    assertThat(planted.at("/canaries/1/record/resident_id").asText()).hasSize(18);
    assertIs(
        ServedVault.json(served.get("protection-officer", "/v1/leak-canaries"))
            .get("canaries")
            .get(0),
        "Canary");
    JsonNode listed =
        ServedVault.parsed(served.get("auditor", "/v1/audit/entries").body().split("\n", 2)[0]);
    assertIs(listed, "EntryLine");
    assertIs(listed.get("entry"), "Entry");
    JsonNode entry =
        ServedVault.json(
            served.get("auditor", "/v1/audit/entries/" + found.at("/receipt/index").asLong()));
    assertIs(entry, "ShownEntry");
    assertIs(entry.get("entry"), "Entry");
    JsonNode denied =
        ServedVault.json(
            served.post(
                "clerk",
                "/v1/collections/residents/find",
                Map.of("subject", "0".repeat(32), "purpose", "audit")));
    assertIs(denied, "Problem");
    assertThat(denied.has("receipt")).isTrue();
  }

  private void assertIs(JsonNode answer, String schema) throws IOException {
    JsonNode described = description.get("components").get("schemas").get(schema);
    assertThat(names(described.get("properties"))).as(schema).containsAll(names(answer));
    for (JsonNode required : described.path("required")) {
      assertThat(answer.has(required.asText())).as(schema + " " + required).isTrue();
    }
  }
}

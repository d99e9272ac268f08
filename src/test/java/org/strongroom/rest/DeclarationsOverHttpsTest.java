package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeclarationsOverHttpsTest {
  private ServedVault served;

  @BeforeEach
  void serve(@TempDir Path directory) throws IOException {
    served = new ServedVault(directory);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private String yaml(String path) throws Exception {
    return ServedVault.json(served.get("clerk", path)).get("yaml").asText();
  }

  private static JsonNode problem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode problem = ServedVault.json(response);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    return problem;
  }

  @Test
  void collections_areListedAndShown() throws Exception {
    JsonNode all = ServedVault.json(served.get("clerk", "/v1/collections"));

    assertThat(all.get("collections"))
        .extracting(each -> each.get("name").asText() + " " + each.get("version").asInt())
        .containsExactly("activity 1", "cases 1", "residents 1");
    assertThat(yaml("/v1/collections/cases")).contains("collection: cases");
    problem(served.get("clerk", "/v1/collections/nothing"), 404, "not_found");
  }

  @Test
  void putCollection_changed_getsAVersionAndIsInForce() throws Exception {
    String yaml =
        yaml("/v1/collections/cases")
            .replace("collection: cases", "collection: visits")
            .replace("key: case_number", "key: visit_number")
            .replace("name: case_number", "name: visit_number")
            .replace("  - case_number", "  - visit_number");

    HttpResponse<String> first = served.put("administrator", "/v1/collections/visits", yaml);
    HttpResponse<String> again = served.put("administrator", "/v1/collections/visits", yaml);
    HttpResponse<String> second =
        served.put(
            "administrator",
            "/v1/collections/visits",
            yaml.replaceFirst("description: .*", "description: Besuche 来访"));

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(ServedVault.json(first).get("version").asInt()).isEqualTo(1);
    assertThat(ServedVault.json(again).get("version").asInt()).isEqualTo(1);
    assertThat(ServedVault.json(second).get("version").asInt()).isEqualTo(2);
    assertThat(yaml("/v1/collections/visits")).contains("Besuche 来访");
  }

  @Test
  void putCollection_withAMistake_tellsItsLine() throws Exception {
    String yaml = yaml("/v1/collections/cases").replace("type: address", "type: adress");
    long line = yaml.substring(0, yaml.indexOf("adress")).lines().count();

    JsonNode problem =
        problem(
            served.put("administrator", "/v1/collections/cases", yaml), 400, "invalid_declaration");

    assertThat(problem.get("detail").asText()).startsWith("body:" + line + ": ");
  }

  @Test
  void putCollection_ofAnotherName_orIncompatible_orByOthers_isRefused() throws Exception {
    String yaml = yaml("/v1/collections/cases");

    problem(
        served.put("administrator", "/v1/collections/residents", yaml), 400, "invalid_declaration");
    problem(
        served.put(
            "administrator",
            "/v1/collections/cases",
            yaml.replace("type: address", "type: text\n    max_chars: 9")),
        400,
        "invalid_declaration");
    problem(served.put("clerk", "/v1/collections/cases", yaml), 403, "denied");
    HttpResponse<String> broken =
        served.send(
            served
                .request("/v1/collections/cases", served.token("administrator"))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofByteArray(new byte[] {(byte) 0xc3, 0x28})));
    problem(broken, 400, "bad_request");
    assertThat(yaml("/v1/collections/cases")).isEqualTo(yaml);
  }

  @Test
  void putPolicy_changed_isInForceAtOnce() throws Exception {
    String yaml = yaml("/v1/policy");
    String question = "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\"identity-check\"}";
    assertThat(served.post("clerk", "/v1/collections/residents/find", question).statusCode())
        .isEqualTo(200);

    HttpResponse<String> put =
        served.put(
            "administrator",
            "/v1/policy",
            yaml.replaceFirst("search: \\[resident_id, phone,", "search: [resident_id,"));

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(ServedVault.json(put).get("version").asInt()).isEqualTo(2);
    problem(
        served.post("clerk", "/v1/collections/residents/find", question), 403, "index_not_granted");
  }

  @Test
  void putPolicy_withAMistake_tellsItsLine() throws Exception {
    String yaml = yaml("/v1/policy").replaceFirst("reason: required", "reasn: required");
    long line = yaml.substring(0, yaml.indexOf("reasn:")).lines().count();

    JsonNode problem =
        problem(served.put("administrator", "/v1/policy", yaml), 400, "invalid_declaration");

    assertThat(problem.get("detail").asText()).startsWith("body:" + line + ": ");
    problem(served.put("officer", "/v1/policy", yaml), 403, "denied");
  }

  @Test
  void explain_tellsViewsAndLines() throws Exception {
    JsonNode explanation =
        ServedVault.json(
            served.get(
                "auditor",
                "/v1/policy/explain?role=clerk&purpose=identity-check&collection=residents"));

    assertThat(explanation.get("granted").asBoolean()).isTrue();
    assertThat(explanation.get("line").asInt()).isPositive();
    assertThat(explanation.get("fields"))
        .anySatisfy(
            field -> {
              assertThat(field.get("field").asText()).isEqualTo("photo");
              assertThat(field.get("view").asText()).isEqualTo("hidden");
            });
  }

  @Test
  void explain_lackingOrUnknown_isRefused() throws Exception {
    String path = "/v1/policy/explain";
    problem(served.get("clerk", path), 400, "bad_request");
    problem(served.get("clerk", path + "?role=clerk&purpose=audit"), 400, "bad_request");
    problem(
        served.get("clerk", path + "?role=clerk&purpose=audit&collection=cases&x=1"),
        400,
        "bad_request");
    problem(
        served.get("clerk", path + "?role=king&purpose=audit&collection=cases"), 404, "not_found");
  }
}

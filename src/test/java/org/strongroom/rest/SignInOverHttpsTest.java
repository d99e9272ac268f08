package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignInOverHttpsTest {
  private static final String PASSWORD = "a long way to Tipperary";

  private ServedVault served;

  @BeforeEach
  void serve(@TempDir Path directory) throws IOException {
    served = new ServedVault(directory);
  }

  @AfterEach
  void noSecretWasLogged() {
    served.close();
    assertThat(served.logged()).doesNotContain("srm_", PASSWORD, "some-clerk");
  }

  private HttpResponse<String> anonymously(String path, Map<String, String> body) throws Exception {
    return served.send(ServedVault.withJson(served.anonymous(path), ServedVault.json(body)));
  }

  private HttpResponse<String> signIn(String name, String password) throws Exception {
    return anonymously("/v1/sessions", Map.of("name", name, "password", password));
  }

  private HttpResponse<String> enrol(String code, String name) throws Exception {
    return anonymously("/v1/enrolment", Map.of("code", code, "name", name, "password", PASSWORD));
  }

  private void setPassword(String name) throws Exception {
    HttpResponse<String> set =
        served.post(
            "administrator", "/v1/users/" + name + "/password", Map.of("password", PASSWORD));
    assertThat(set.statusCode()).isEqualTo(204);
    assertThat(set.body()).isEmpty();
  }

  @Test
  void signIn_withTheRightPassword_givesATokenForEightHours() throws Exception {
    setPassword("some-clerk");

    HttpResponse<String> response = signIn("Some-Clerk", PASSWORD);

    assertThat(response.statusCode()).isEqualTo(201);
    String token = ServedVault.json(response).get("token").asText();
    assertThat(ServedVault.json(response).get("expires").asText()).endsWith("Z");
    assertThat(served.send(served.request("/v1/policy", token)).statusCode()).isEqualTo(200);
    served.vault().pass(Duration.ofHours(8));
    assertThat(served.send(served.request("/v1/policy", token)).statusCode()).isEqualTo(401);
  }

  @Test
  void signIn_wrongAgainAndAgain_is429WithRetryAfterWhetherOrNotThereIsSuchAUser()
      throws Exception {
    setPassword("some-clerk");
    for (String name : new String[] {"some-clerk", "nobody"}) {
      for (int i = 0; i < 5; i++) {
        assertThat(signIn(name, "wrong wrong wrong").statusCode()).isEqualTo(401);
      }

      HttpResponse<String> locked = signIn(name, PASSWORD);

      assertThat(locked.statusCode()).isEqualTo(429);
      assertThat(locked.headers().firstValue("Retry-After")).contains("1");
      assertThat(ServedVault.json(locked).get("code").asText()).isEqualTo("locked_out");
    }
    served.vault().pass(Duration.ofSeconds(2));
    assertThat(signIn("some-clerk", PASSWORD).statusCode()).isEqualTo(201);
    assertThat(signIn("nobody", PASSWORD).statusCode()).isEqualTo(401);
  }

  @Test
  void enrol_withTheCode_worksOnce() throws Exception {
    HttpResponse<String> made =
        served.send(
            served
                .request("/v1/enrolment-code", served.token("administrator"))
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    String code = ServedVault.json(made).get("enrolment_code").asText();
    HttpResponse<String> wrong = enrol("AAAAA-AAAAA-AAAAA-AAAAA", "admin.wang");

    HttpResponse<String> first = enrol(code, "admin.wang");
    HttpResponse<String> second = enrol(code, "admin.li");

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(ServedVault.json(first).get("roles").get(0).asText()).isEqualTo("administrator");
    assertThat(second.statusCode()).isEqualTo(401);
    assertThat(second.body()).isEqualTo(wrong.body());
    String token = ServedVault.json(signIn("admin.wang", PASSWORD)).get("token").asText();
    assertThat(served.send(served.request("/v1/users", token)).statusCode()).isEqualTo(200);
  }

  @Test
  void enrol_withAWeakPassword_is400WhateverTheCode() throws Exception {
    HttpResponse<String> weak =
        anonymously(
            "/v1/enrolment", Map.of("code", "AAAAA", "name", "admin.wang", "password", "short"));

    assertThat(weak.statusCode()).isEqualTo(400);
    assertThat(ServedVault.json(weak).get("code").asText()).isEqualTo("invalid_value");
  }

  @Test
  void addUser_withToken_showsItOnce() throws Exception {
    HttpResponse<String> added =
        served.post(
            "administrator",
            "/v1/users",
            "{\"name\":\"sync\",\"roles\":[\"clerk\"],\"client\":true,\"token\":true}");

    assertThat(added.statusCode()).isEqualTo(201);
    JsonNode user = ServedVault.json(added);
    assertThat(user.get("kind").asText()).isEqualTo("client");
    String token = user.get("token").asText();
    assertThat(served.send(served.request("/v1/collections", token)).statusCode()).isEqualTo(200);
    HttpResponse<String> all = served.get("administrator", "/v1/users");
    assertThat(all.body()).contains("\"sync\"").doesNotContain("srm_", "token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400|bad_request",
        "{'name':'x'}|400|bad_request",
        "{'name':'x','roles':[null]}|400|bad_request",
        "{'name':'x','roles':'clerk'}|400|bad_request",
        "{'name':'x','roles':[]}|400|invalid_value",
        "{'name':'x','roles':['no-such-role']}|400|invalid_value",
        "{'name':'x','roles':['clerk','administrator']}|400|invalid_value",
        "{'name':'X y','roles':['clerk']}|400|invalid_value",
        "{'name':'some-clerk','roles':['clerk']}|409|conflict",
        "{'name':'x','roles':['clerk'],'password':'secret'}|400|bad_request",
      })
  void addUser_thatDoesNotDo_isRefused(String body, int status, String code) throws Exception {
    HttpResponse<String> response =
        served.post("administrator", "/v1/users", body.replace('\'', '"'));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(ServedVault.json(response).get("code").asText()).isEqualTo(code);
  }

  @Test
  void issueToken_forSomeDays_isValidThatLong() throws Exception {
    HttpResponse<String> issued =
        served.post(
            "administrator", "/v1/users/some-clerk/tokens", "{\"days\":2,\"label\":\"sync\"}");
    String token = ServedVault.json(issued).get("token").asText();

    assertThat(issued.statusCode()).isEqualTo(201);
    served.vault().pass(Duration.ofDays(1));
    assertThat(served.send(served.request("/v1/policy", token)).statusCode()).isEqualTo(200);
    served.vault().pass(Duration.ofDays(1));
    assertThat(served.send(served.request("/v1/policy", token)).statusCode()).isEqualTo(401);
    for (String days : new String[] {"0", "-1", "99999999", "1.5"}) {
      HttpResponse<String> wrong =
          served.post("administrator", "/v1/users/some-clerk/tokens", "{\"days\":" + days + "}");
      assertThat(wrong.statusCode()).as(days).isEqualTo(400);
    }
  }

  @Test
  void disable_holdsAtOnceAndEnableTakesItBack() throws Exception {
    assertThat(switched("disable").get("disabled").asBoolean()).isTrue();
    assertThat(served.get("clerk", "/v1/policy").statusCode()).isEqualTo(401);

    assertThat(switched("enable").get("disabled").asBoolean()).isFalse();
    assertThat(served.get("clerk", "/v1/policy").statusCode()).isEqualTo(200);
  }

  private JsonNode switched(String how) throws Exception {
    return ServedVault.json(
        served.send(
            served
                .request("/v1/users/some-clerk/" + how, served.token("administrator"))
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())));
  }

  @Test
  void managing_withoutTheAct_is403_andOfNobody_is404() throws Exception {
    assertThat(served.get("clerk", "/v1/users").statusCode()).isEqualTo(403);
    assertThat(
            served
                .post("clerk", "/v1/users/some-clerk/password", Map.of("password", PASSWORD))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            served
                .post("administrator", "/v1/users/nobody/password", Map.of("password", PASSWORD))
                .statusCode())
        .isEqualTo(404);
    assertThat(served.post("administrator", "/v1/users/nobody/tokens", "{}").statusCode())
        .isEqualTo(404);
  }
}

package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One record at a time over https, and that nothing of it gets where it does not belong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FindAndKeepTest {
  private static final String RESIDENTS = "/v1/collections/residents";
  private static final String CASES = "/v1/collections/cases";
  private static final String ID = "11010519491231002X";
  private static final String NAME = "欧阳测试";
  private static final String PHONE = "+8613812345678";
  private static final String ADDRESS = "北京市朝阳区测试路八十一号";
  private static final List<String> PERSONAL =
      List.of(ID, ID.toLowerCase(java.util.Locale.ROOT), NAME, "13812345678", "5678", ADDRESS);

  private ServedVault served;

  @BeforeAll
  void serve(@TempDir Path directory) throws Exception {
    served = new ServedVault(directory);
    HttpResponse<String> kept =
        served.post(
            "clerk",
            RESIDENTS + "/records",
            Map.of(
                "resident_id",
                ID.toLowerCase(java.util.Locale.ROOT),
                "name",
                NAME,
                "date_of_birth",
                "19491231",
                "address",
                ADDRESS,
                "phone",
                "138-1234 5678",
                "photo",
                Base64.getEncoder().encodeToString(png())));
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(21, 34, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  @AfterAll
  void nothingPersonalWasLogged() {
    served.close();
    // A request's id is random hex: four digits of a phone number turn up in one now and then.
    String logged = served.logged().replaceAll(" [0-9a-f]{16}\n", "\n");
    assertThat(logged).contains("POST /v1/collections/{c}/find 200", " ms\n");
    for (String text : PERSONAL) {
      assertThat(logged).doesNotContain(text);
    }
    assertThat(logged).doesNotContain("srm_");
  }

  private HttpResponse<String> find(String role, Object body) throws Exception {
    return served.post(role, RESIDENTS + "/find", body);
  }

  private static JsonNode problem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    for (String text : PERSONAL) {
      assertThat(response.body()).doesNotContain(text);
    }
    JsonNode problem = ServedVault.json(response);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("type").asText()).isEqualTo("urn:problem-type:strongroom:" + code);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).isNotBlank();
    return problem;
  }

  @Test
  void find_asClerk_isMaskedAndHasAReceipt() throws Exception {
    long mark = served.vault().markLog();
    HttpResponse<String> response =
        find(
            "clerk",
            Map.of("where", Map.of("phone", "0086 138 1234-5678"), "purpose", "identity-check"));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode answer = ServedVault.json(response);
    JsonNode match = answer.get("matches").get(0);
    assertThat(match.get("fields").get("name").asText()).isEqualTo(NAME);
    assertThat(match.get("fields").get("phone").asText()).endsWith("5678").contains("***");
    assertThat(match.get("views").get("phone").asText()).isEqualTo("masked");
    assertThat(match.get("views").get("photo").asText()).isEqualTo("hidden");
    assertThat(match.get("version").asInt()).isEqualTo(1);
    assertThat(response.body()).doesNotContain(ID, PHONE, ADDRESS);
    assertThat(answer.get("receipt").get("index").asLong()).isEqualTo(mark + 1);
    assertThat(answer.get("receipt").get("log").asText()).startsWith("strongroom/");
  }

  @Test
  void find_nobodyThere_isAnEmptyAnswerWithAReceipt() throws Exception {
    HttpResponse<String> response =
        find("clerk", "{\"where\":{\"phone\":\"13912345679\"},\"purpose\":\"identity-check\"}");

    JsonNode answer = ServedVault.json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answer.get("matches")).isEmpty();
    assertThat(answer.has("receipt")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "clerk, case-work, why, purpose_not_granted",
    "clerk, no-such-purpose, why, unknown_purpose",
    "officer, case-work, , reason_required",
    "administrator, identity-check, why, purpose_not_granted",
  })
  void find_denied_is403WithAReceiptOfTheDenial(
      String role, String purpose, String reason, String code) throws Exception {
    long mark = served.vault().markLog();
    String why = reason == null ? "" : ",\"reason\":\"" + reason + "\"";

    JsonNode problem =
        problem(
            find(
                role,
                "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\""
                    + purpose
                    + "\""
                    + why
                    + "}"),
            403,
            code);

    assertThat(problem.get("receipt").get("index").asLong()).isEqualTo(mark + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{\"where\":{\"phone\":\"13812345678\"}}",
        "{\"purpose\":\"identity-check\"}",
        "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\"identity-check\",\"fields\":[\"name\"]}",
        "{\"where\":{\"phone\":13812345678},\"purpose\":\"identity-check\"}",
        "{\"where\":{\"phone\":null},\"purpose\":\"identity-check\"}",
        "{\"where\":{\"phone\":[\"13812345678\"]},\"purpose\":\"identity-check\"}",
        "{\"where\":{\"name\":\"欧阳测试\"},\"purpose\":\"identity-check\"}",
        "{\"where\":{\"13812345678\":\"13812345678\"},\"purpose\":\"identity-check\"}",
        "{\"subject\":\"13812345678\",\"purpose\":\"identity-check\"}",
        "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\"identity-check\",\"limit\":0}",
        "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\"identity-check\",\"limit\":99999999999}",
        "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\"identity-check\",\"after\":\"欧阳测试\"}",
        "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\"identity-check\"} x",
        "{\"where\":{\"phone\":\"1\",\"phone\":\"13812345678\"},\"purpose\":\"identity-check\"}",
      })
  void find_malformed_is400AndQuotesNothing(String body) throws Exception {
    problem(find("clerk", body), 400, "bad_request");
  }

  @Test
  void find_valueThatCannotExist_is400() throws Exception {
    JsonNode problem =
        problem(
            find(
                "clerk",
                "{\"where\":{\"resident_id\":\"110105194912310021\"},\"purpose\":\"identity-check\"}"),
            400,
            "invalid_value");

    assertThat(problem.get("detail").asText()).contains("resident_id").doesNotContain("1101051949");
  }

  @Test
  void find_unknownCollectionOrOtherContentType_isRefused() throws Exception {
    problem(
        served.post(
            "clerk", "/v1/collections/nothing/find", "{\"where\":{\"a\":\"b\"},\"purpose\":\"p\"}"),
        404,
        "not_found");
    HttpResponse<String> form =
        served.send(
            served
                .request(RESIDENTS + "/find", served.token("clerk"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("phone=13812345678")));
    problem(form, 415, "bad_request");
  }

  @Test
  void keep_newSameAndChanged_tellsWhichAndIsFound() throws Exception {
    var resident = ServedVault.RESIDENTS.get(7);
    Map<String, String> record =
        Map.of("resident_id", resident.residentId(), "name", resident.name());

    JsonNode first = ServedVault.json(served.post("clerk", RESIDENTS + "/records", record));
    JsonNode again = ServedVault.json(served.post("clerk", RESIDENTS + "/records", record));
    JsonNode changed =
        ServedVault.json(
            served.post(
                "officer",
                RESIDENTS + "/records",
                "{\"resident_id\":\""
                    + resident.residentId()
                    + "\",\"name\":\"某人\",\"phone\":13800138000,\"sex\":null}"));

    assertThat(first.get("outcome").asText()).isEqualTo("kept");
    assertThat(again.get("outcome").asText()).isEqualTo("unchanged");
    assertThat(changed.get("outcome").asText()).isEqualTo("updated");
    assertThat(changed.get("version").asInt()).isEqualTo(2);
    assertThat(changed.get("subject")).isEqualTo(first.get("subject"));
    assertThat(changed.get("receipt").get("index").asLong())
        .isGreaterThan(first.get("receipt").get("index").asLong());
    JsonNode found =
        ServedVault.json(
            find(
                "officer",
                Map.of(
                    "where", Map.of("phone", "+86 138 0013 8000"),
                    "purpose", "case-work",
                    "reason", "case 81")));
    assertThat(found.get("matches").get(0).get("fields").get("name").asText()).isEqualTo("某人");
  }

  @Test
  void keep_withDoubts_answersWarnings() throws Exception {
    var resident = ServedVault.RESIDENTS.get(8);
    String otherSex = resident.sex().equals("male") ? "female" : "male";

    JsonNode kept =
        ServedVault.json(
            served.post(
                "clerk",
                RESIDENTS + "/records",
                Map.of(
                    "resident_id", resident.residentId(),
                    "name", resident.name(),
                    "sex", otherSex)));

    assertThat(kept.get("outcome").asText()).isEqualTo("kept");
    assertThat(kept.get("warnings").get(0).get("code").asText()).isEqualTo("sex.disagrees");
  }

  @Test
  void keep_unknownAndNestedFields_areProblemsByName() throws Exception {
    JsonNode problem =
        problem(
            served.post(
                "clerk",
                RESIDENTS + "/records",
                "{\"nickname\":\"欧阳测试\",\"13812345678\":1,\"name\":[\"欧阳测试\"]}"),
            400,
            "invalid_value");

    assertThat(problem.get("problems"))
        .extracting(each -> each.get("field").asText() + " " + each.get("code").asText())
        .containsExactly(
            "nickname unknown_field", "(not shown) unknown_field", "name name.not_flat");
  }

  @Test
  void keep_invalidValues_areProblemsByField() throws Exception {
    JsonNode problem =
        problem(
            served.post(
                "clerk",
                RESIDENTS + "/records",
                Map.of("resident_id", "110105194912310021", "phone", "5678", "name", NAME)),
            400,
            "invalid_value");

    assertThat(problem.get("problems"))
        .extracting(each -> each.get("field").asText())
        .containsExactly("resident_id", "phone");
    assertThat(problem.get("problems").get(0).get("code").asText())
        .isEqualTo("resident_id.check_digit");
  }

  @Test
  void keep_withoutTheAct_is403EvenForARecordThatIsWrong() throws Exception {
    problem(
        served.post("investigator", RESIDENTS + "/records", Map.of("name", NAME)), 403, "denied");
  }

  @Test
  void keep_keyOfAnotherSubject_is409() throws Exception {
    Map<String, String> mine = Map.of("case_number", "A-81", "resident_id", ID);
    Map<String, String> theirs =
        Map.of("case_number", "A-81", "resident_id", ServedVault.RESIDENTS.get(9).residentId());
    assertThat(served.post("officer", CASES + "/records", mine).statusCode()).isEqualTo(200);

    JsonNode problem = problem(served.post("officer", CASES + "/records", theirs), 409, "conflict");

    assertThat(problem.get("problems").get(0).get("code").asText()).isEqualTo("case_number.taken");
    assertThat(problem.has("receipt")).isTrue();
  }

  @Test
  void photo_forInvestigator_isThePictureWithItsReceipt() throws Exception {
    Map<String, Object> question =
        Map.of("subject", subject(), "purpose", "serious-crime", "reason", "case 81");
    long mark = served.vault().markLog();

    HttpResponse<byte[]> response =
        served.sendForBytes(
            ServedVault.withJson(
                served.request(RESIDENTS + "/photo", served.token("investigator")),
                ServedVault.json(question)));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(response.body().length);
    assertThat(response.headers().firstValue("Strongroom-Log")).isPresent();
    assertThat(response.headers().firstValueAsLong("Strongroom-Index")).hasValue(mark + 1);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(response.body()));
    assertThat(image.getWidth()).isEqualTo(21);
    assertThat(image.getHeight()).isEqualTo(34);
  }

  @Test
  void photo_forClerk_is403WithAReceipt() throws Exception {
    JsonNode problem =
        problem(
            served.post(
                "clerk",
                RESIDENTS + "/photo",
                Map.of("subject", subject(), "purpose", "identity-check")),
            403,
            "field_not_granted");

    assertThat(problem.has("receipt")).isTrue();
  }

  @Test
  void photo_ofNobody_is404() throws Exception {
    problem(
        served.post(
            "investigator",
            RESIDENTS + "/photo",
            Map.of("subject", "0".repeat(32), "purpose", "serious-crime", "reason", "case 81")),
        404,
        "not_found");
  }

  private String subject() throws Exception {
    JsonNode answer =
        ServedVault.json(
            find("clerk", Map.of("where", Map.of("resident_id", ID), "purpose", "identity-check")));
    return answer.get("matches").get(0).get("subject").asText();
  }

  @Test
  void find_byCurl_works() throws Exception {
    Path answer =
        served.curl(
            "-H",
            "Authorization: Bearer " + served.token("clerk"),
            "--json",
            "{\"where\":{\"phone\":\"13812345678\"},\"purpose\":\"identity-check\"}",
            served.address() + RESIDENTS + "/find");

    assertThat(java.nio.file.Files.readString(answer)).contains("\"receipt\":{\"log\":");
  }
}

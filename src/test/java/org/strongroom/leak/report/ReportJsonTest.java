package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class ReportJsonTest {
  private static final ObjectMapper ANY = new ObjectMapper();

  static Stream<Report> reports() {
    return Stream.of(
        HandBuilt.copy(),
        HandBuilt.mixture(),
        HandBuilt.foreign(),
        HandBuilt.tooFew(),
        HandBuilt.withColumns("</script>", "a\"b'c", "姓名", "\u202egnp.exe", "line\nbreak"));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void read_ofWhatWasWritten_isEqual(Report report) {
    byte[] json = ReportJson.write(report);

    assertThat(ReportJson.read(json)).isEqualTo(report);
    assertThat(ReportJson.write(ReportJson.read(json))).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void read_laidOutAnewByAnotherTool_isEqual(Report report) throws IOException {
    ObjectMapper pretty = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    byte[] json = pretty.writeValueAsBytes(pretty.readTree(ReportJson.write(report)));

    assertThat(ReportJson.read(json)).isEqualTo(report);
  }

  @Test
  void write_ofACopy_hasTheFindingsOnTopInOrder() throws IOException {
    List<String> names = new ArrayList<>();
    ANY.readTree(ReportJson.write(HandBuilt.copy())).fieldNames().forEachRemaining(names::add);

    assertThat(names)
        .containsExactly(
            "format",
            "vault",
            "collection",
            "sample",
            "records",
            "duplicates",
            "invalid",
            "matched",
            "subjects",
            "genuine",
            "mapping",
            "agreement",
            "window",
            "copies",
            "canaries",
            "sources",
            "foreign",
            "affected",
            "verdict",
            "check",
            "receipt");
  }

  @Test
  void write_ofAForeignSample_isTheseBytes() {
    assertThat(new String(ReportJson.write(HandBuilt.foreign()), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"format":1,"vault":"857b9888b38091efd8380e581e71da06","collection":"residents",\
            "sample":{"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",\
            "bytes":56120331,"parts":[{"format":"json","encoding":"UTF-8","packed":"gzip",\
            "files":3,"records":5000}]},"records":5000,"duplicates":0,"invalid":10,"matched":3,\
            "subjects":3,"genuine":{"records":0,"share":0,"low":0,"high":0.000767,"undecided":0},\
            "mapping":[{"column":"id","field":"resident_id","type":"cn.resident_id","by":"values",\
            "values":5000,"valid":1,"confidence":1}],"agreement":{},"copies":[],"canaries":[],\
            "sources":{"examined":3,"control":3,"tested":0,"conclusion":"too_few",\
            "text":"Too few subjects to tell.","ranked":[],"pairs":[]},\
            "foreign":{"invalid_values":{},"never_held":4987,"not_held_columns":[],\
            "generated":{"sequence":4000},"repeated":4000,"photo_domains":[]},\
            "affected":{"subjects":0,"sensitive":0,"fields":{},"counts":[],"withheld":0},\
            "verdict":{"code":"foreign","text":"Nothing to do with this vault.",\
            "evidence":["3 of 5,000 identifiers are held here, and nothing else agrees."]},\
            "check":{"id":"0123456789abcdef0123456789abcdef","at":"2026-03-20T09:15:30.123Z",\
            "by":"wang.investigator","purpose":"leak-check",\
            "findings":"%s"},\
            "receipt":{"log":"strongroom/857b9888b38091efd8380e581e71da06","index":73901}}
            """
                .formatted(ReportJson.digest(HandBuilt.foreign().findings()).hex()));
  }

  @Test
  void findings_ofTwoRuns_areTheSameBytes() {
    Report one = HandBuilt.copy();
    Report.Check later =
        new Report.Check("ff", HandBuilt.AT.plusSeconds(9), "li", "other", one.check().findings());
    Report other = new Report(HandBuilt.copy().findings(), later, null, null);

    assertThat(ReportJson.findings(other.findings()))
        .isEqualTo(ReportJson.findings(one.findings()));
  }

  /** As docs/leak-report.md tells people to check the digest without Strongroom. */
  @ParameterizedTest
  @MethodSource("reports")
  void write_cutBeforeTheCheck_hasTheDigestOfTheCheck(Report report, @TempDir Path dir)
      throws Exception {
    Files.write(dir.resolve("report.json"), ReportJson.write(report));
    String command = ReportSchemaTest.digestCommand();
    Process shell = new ProcessBuilder("sh", "-c", command).directory(dir.toFile()).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).isZero();
    assertThat(said).startsWith(report.check().findings());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "0.1, 0.1",
    "0.30000000000000004, 0.3",
    "0.9641854321, 0.964185",
    "0.9999999, 1",
    "1192.04999, 1192.05",
    "1234567.5, 1234570",
    "0.002, 0.002",
    "4.4123456789e-183, 4.41235E-183",
    "2e23, 200000000000000000000000",
    "4.9e-324, 4.94066E-324",
  })
  void decimals_ofADouble_haveSixDigitsAndAreStable(double value, String written) {
    assertThat(Decimals.rounded(value).toString()).isEqualTo(written);
    assertThat(Decimals.rounded(Double.parseDouble(written)).toString()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void decimals_ofNoNumber_areRefused(double value) {
    assertThatThrownBy(() -> Decimals.rounded(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void columns_withHalfACharacter_areWrittenAndRead() {
    Report report = HandBuilt.withColumns("cut\ud83d", "\udc00");

    assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    assertThat(report.findings().mapping().get(0).column()).isEqualTo("cut?");
  }

  static Stream<Map.Entry<String, Consumer<ObjectNode>>> alterations() {
    return Map.<String, Consumer<ObjectNode>>of(
        "records is missing", all -> all.remove("records"),
        "check is missing", all -> all.remove("check"),
        "check.at is not a time", all -> all.withObject("/check").put("at", "yesterday"),
        "genuine.share is missing", all -> all.withObject("/genuine").remove("share"),
        "window.from is not a time", all -> all.withObject("/window").put("from", 12),
        "a member in sources that no report has",
            all -> all.withObject("/sources").put("13800138000", 1),
        "a member at the top that no report has", all -> all.put("张三", 1),
        "matched is not a whole number", all -> all.put("matched", 2.5),
        "mapping[].valid is not a number",
            all -> ((ObjectNode) all.withArray("/mapping").get(0)).put("valid", "1"),
        "canaries[].shown_to[] is not a text",
            all -> ((ArrayNode) all.withArray("/canaries").get(0).path("shown_to")).insertNull(0))
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("alterations")
  void read_ofAForeignFile_saysWhatIsWrongAndRepeatsNothing(
      Map.Entry<String, Consumer<ObjectNode>> alteration) throws IOException {
    ObjectNode all = (ObjectNode) ANY.readTree(ReportJson.write(HandBuilt.copy()));
    alteration.getValue().accept(all);

    assertUnreadable(all.toString())
        .hasMessageContaining(alteration.getKey())
        .hasMessageNotContaining("13800138000")
        .hasMessageNotContaining("张三");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"share\":0.964185 | \"share\":0.9641850001",
        "\"p\":4.4E-183 | \"p\":4.4000001E-183",
        "\"p\":4.4E-183 | \"p\":1E-9999",
        "\"format\":1 | \"format\":2",
        "\"matched\":245264 | \"matched\":2.45264E+5",
        "\"matched\":245264 | \"matched\":1E+999999999",
        "\"valid\":0.9931 | \"valid\":1E+9999",
        "\"receipt\": | \"signature\":null,\"receipt\":",
        "\"duplicates\":1220 | \"duplicates\":1220,\"duplicates\":1220",
      })
  void read_ofOtherFigures_refuses(String was, String is) {
    String json = new String(ReportJson.write(HandBuilt.copy()), StandardCharsets.UTF_8);

    assertThat(json).contains(was);
    assertUnreadable(json.replace(was, is));
  }

  @ParameterizedTest
  @CsvSource({"''", "null", "[]", "7", "{}", "{", "{}{}", "not json"})
  void read_ofNoReport_refuses(String json) {
    assertUnreadable(json);
  }

  @Test
  void read_ofDeepOrLongJson_refuses() {
    assertUnreadable("{\"a\":".repeat(100_000));
    assertUnreadable(" ".repeat(ReportJson.MAX_BYTES + 1));
    assertThatThrownBy(() -> ReportJson.read(new byte[] {'{', '"', (byte) 0xff, '"', '}'}))
        .isInstanceOf(VaultException.class);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertUnreadable(String json) {
    return assertThatThrownBy(() -> ReportJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            VaultException.class,
            fault -> assertThat(fault.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT));
  }
}

package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.VerifierKey;

class ReportSignatureTest {
  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = SigningKey.generate(HandBuilt.LOG, VerifierKey.Type.NOTE, random);

  private byte[] note(byte[] text) {
    return SignedNote.sign(Bytes.copyOf(text), key).bytes();
  }

  private Report signed() {
    return ReportSignature.sign(HandBuilt.copy(), this::note);
  }

  private String json() {
    return new String(ReportJson.write(signed()), StandardCharsets.UTF_8);
  }

  @Test
  void verify_ofASignedReport_givesTheReport() {
    Report signed = signed();

    assertThat(ReportSignature.verify(ReportJson.write(signed), key.verifier())).isEqualTo(signed);
    assertThat(signed.findings()).isEqualTo(HandBuilt.copy().findings());
  }

  @Test
  void sign_ofAReport_signsThreeLines() {
    SignedNote note = SignedNote.parse(signatureOf(signed()));

    String text = new String(note.text().toArray(), StandardCharsets.UTF_8);
    assertThat(text.split("\n"))
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines[0]).isEqualTo("strongroom.org/leak-report/v1");
              assertThat(lines[2]).startsWith("check 0123456789abcdef0123456789abcdef 73901 ");
            });
  }

  static Stream<Arguments> alterations() {
    return Stream.of(
        Arguments.of("\"matched\":245264", "\"matched\":245265", "the findings were altered"),
        Arguments.of("\"code\":\"copy\"", "\"code\":\"foreign\"", "the findings were altered"),
        Arguments.of("\"low\":0.963448", "\"low\":0.963447", "the findings were altered"),
        Arguments.of("\"column\":\"_source.xm\"", "\"column\":\"xm\"", "the findings were altered"),
        Arguments.of("\"by\":\"wang.", "\"by\":\"li.", "the check or its receipt was altered"),
        Arguments.of("\"at\":\"2026-03-20T", "\"at\":\"2026-03-21T", "the check or its receipt"),
        Arguments.of("\"index\":73901", "\"index\":73902", "the check or its receipt was altered"),
        Arguments.of("\"log\":\"strongroom/8", "\"log\":\"strongroom/9", "another log"),
        Arguments.of("leak-report/v1", "leak-report/v2", "does not verify"),
        Arguments.of(
            "\"findings\":\"" + HandBuilt.copy().check().findings().substring(0, 2),
            "\"findings\":\"zz",
            "check.findings was altered"));
  }

  @ParameterizedTest
  @MethodSource("alterations")
  void verify_ofAnAlteredReport_saysWhatWasAltered(String was, String is, String says) {
    assertThat(json()).contains(was);
    assertInvalid(json().replace(was, is), key.verifier(), says);
  }

  @Test
  void verify_ofAnAlteredReportWithItsDigestMadeAnew_saysSo() {
    Report forged = HandBuilt.mixture();
    byte[] json =
        ReportJson.write(
            new Report(forged.findings(), forged.check(), signed().signature(), forged.receipt()));

    assertInvalid(
        new String(json, StandardCharsets.UTF_8), key.verifier(), "findings were altered");
  }

  @Test
  void verify_withAnotherKey_namesTheKeyThatWasAskedFor() {
    VerifierKey other =
        SigningKey.generate(HandBuilt.LOG, VerifierKey.Type.NOTE, random).verifier();

    assertInvalid(json(), other, "another key than " + HandBuilt.LOG + "+" + other.id().hex());
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "10", "200", "5000"})
  void verify_ofACutReport_isNoReport(int bytes) {
    byte[] cut = json().substring(0, bytes).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ReportSignature.verify(cut, key.verifier()))
        .isInstanceOfSatisfying(
            VaultException.class,
            fault -> assertThat(fault.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT));
  }

  @Test
  void verify_ofACutSignature_saysThatItIsNotValid() {
    Report signed = signed();
    String note = new String(signatureOf(signed), StandardCharsets.UTF_8);
    for (int length : new int[] {1, 20, 60, note.length() - 30, note.length() - 1}) {
      assertInvalid(with(signed, note.substring(0, length)), key.verifier(), "signature");
    }
  }

  @Test
  void verify_withoutSignatureOrReceipt_saysWhichIsMissing() {
    Report signed = signed();
    assertInvalid(with(signed, null), key.verifier(), "no signature");
    Report noReceipt = new Report(signed.findings(), signed.check(), signed.signature(), null);
    assertInvalid(
        new String(ReportJson.write(noReceipt), StandardCharsets.UTF_8),
        key.verifier(),
        "no receipt");
  }

  @Test
  void checkpoint_ofAReportsSignature_isRefused() {
    byte[] note = signatureOf(signed());

    assertThatThrownBy(() -> Checkpoint.ofNote(note))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size");
  }

  @Test
  void verify_ofACheckpointOfTheLog_isRefused() {
    Report signed = signed();
    byte[] checkpoint =
        note(new Checkpoint(HandBuilt.LOG, 80_000, ReportJson.digest(signed.findings())).body());

    assertInvalid(
        with(signed, new String(checkpoint, StandardCharsets.UTF_8)),
        key.verifier(),
        "no leak report");
  }

  @Test
  void verify_ofAnotherChecksSignature_isRefused() {
    Report signed = signed();
    Report other =
        ReportSignature.sign(
            new Report(signed.findings(), signed.check(), null, new Receipt(HandBuilt.LOG, 12)),
            this::note);

    assertInvalid(with(signed, other.signature()), key.verifier(), "the check or its receipt");
  }

  @Test
  void sign_withoutReceiptOrWithAWrongDigest_isRefused() {
    assertThatThrownBy(() -> ReportSignature.sign(HandBuilt.tooFew(), this::note))
        .isInstanceOf(IllegalArgumentException.class);
    Report mixed =
        new Report(
            HandBuilt.copy().findings(),
            HandBuilt.foreign().check(),
            null,
            new Receipt(HandBuilt.LOG, 1));
    assertThatThrownBy(() -> ReportSignature.sign(mixed, this::note))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] signatureOf(Report report) {
    String signature = report.signature();
    assertThat(signature).isNotNull();
    return signature == null ? new byte[0] : signature.getBytes(StandardCharsets.UTF_8);
  }

  private static String with(Report report, @Nullable String signature) {
    Report changed = new Report(report.findings(), report.check(), signature, report.receipt());
    return new String(ReportJson.write(changed), StandardCharsets.UTF_8);
  }

  private static void assertInvalid(String json, VerifierKey log, String says) {
    assertThatThrownBy(() -> ReportSignature.verify(json.getBytes(StandardCharsets.UTF_8), log))
        .isInstanceOfSatisfying(
            VaultException.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(ErrorCode.INVALID_PROOF);
              assertThat(fault).hasMessageContaining(says);
            });
  }
}

package org.strongroom.leak.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.NoteSignature;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/**
 * The log's signature over a report: a signed note (C2SP signed-note) whose text is the three lines
 *
 * <pre>
 * strongroom.org/leak-report/v1
 * SHA-256 of the findings, in base64
 * check ID INDEX SHA-256-OF-THE-CHECK-IN-BASE64
 * </pre>
 *
 * where INDEX is that of the check's entry in the log. The log signs its checkpoints with the same
 * key; neither can be taken for the other, since the second line of a checkpoint is a decimal
 * number. Thread-safe.
 */
public final class ReportSignature {
  /** The first line of what is signed. */
  public static final String ORIGIN = "strongroom.org/leak-report/v1";

  private ReportSignature() {}

  /**
   * The report with its signature.
   *
   * @param report with its receipt: what is not in the log is not signed
   * @param sign from a text to the note over it, by the log's key
   * @throws IllegalArgumentException when there is no receipt, or {@code check.findings} is not the
   *     digest of the findings
   */
  public static Report sign(Report report, UnaryOperator<byte[]> sign) {
    Receipt receipt = report.receipt();
    if (receipt == null) {
      throw new IllegalArgumentException("a report is logged before it is signed");
    }
    if (!report.check().findings().equals(ReportJson.digest(report.findings()).hex())) {
      throw new IllegalArgumentException("check.findings is not the digest of the findings");
    }
    byte[] text = text(report, receipt).getBytes(StandardCharsets.UTF_8);
    String note = new String(sign.apply(text), StandardCharsets.UTF_8);
    return new Report(report.findings(), report.check(), note, receipt);
  }

  /**
   * Checks that the log's key signed this report as it stands.
   *
   * @param reportJson as {@link ReportJson#write} wrote it, perhaps laid out anew
   * @param log the key of the vault's log, from a place that is trusted
   * @return the report
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} when it is no report; {@link
   *     ErrorCode#INVALID_PROOF} when it was not signed, was altered, or another key signed it
   */
  public static Report verify(byte[] reportJson, VerifierKey log) {
    Report report = ReportJson.read(reportJson);
    String signature = report.signature();
    Receipt receipt = report.receipt();
    if (signature == null || receipt == null) {
      throw invalid("the report has no " + (signature == null ? "signature" : "receipt"));
    }
    SignedNote note = verified(signature, log);
    String[] signed = lines(note.text());
    String[] holds = text(report, receipt).split("\n", -1);
    if (!signed[1].equals(holds[1])) {
      throw invalid("the findings were altered: they are not what was signed");
    }
    if (!report.check().findings().equals(ReportJson.digest(report.findings()).hex())) {
      throw invalid("check.findings was altered: it is not the digest of the findings");
    }
    if (!receipt.log().equals(log.name())) {
      throw invalid("the receipt is of another log than the key");
    }
    if (!signed[2].equals(holds[2])) {
      throw invalid("the check or its receipt was altered: they are not what was signed");
    }
    return report;
  }

  private static SignedNote verified(String signature, VerifierKey log) {
    SignedNote note;
    Map<VerifierKey, NoteSignature> by;
    try {
      note = SignedNote.parse(signature.getBytes(StandardCharsets.UTF_8));
      by = note.verifiedBy(List.of(log));
    } catch (IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.INVALID_PROOF, "the report's signature is not valid: " + e.getMessage(), e);
    }
    if (by.isEmpty()) {
      throw invalid("another key than " + log.name() + "+" + log.id().hex() + " signed the report");
    }
    return note;
  }

  private static String[] lines(Bytes text) {
    String[] lines = new String(text.unsafeArray(), StandardCharsets.UTF_8).split("\n", -1);
    // Three lines, each ended, so that the split leaves an empty fourth.
    if (lines.length != 4 || !lines[0].equals(ORIGIN)) {
      throw invalid("what the key signed is no leak report");
    }
    return lines;
  }

  private static String text(Report report, Receipt receipt) {
    return ORIGIN
        + "\n"
        + base64(ReportJson.digest(report.findings()))
        + "\n"
        + String.join(
            " ",
            "check",
            report.check().id(),
            Long.toString(receipt.index()),
            base64(ReportJson.digest(report.check())))
        + "\n";
  }

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.unsafeArray());
  }

  private static VaultException invalid(String what) {
    return new VaultException(ErrorCode.INVALID_PROOF, what);
  }
}

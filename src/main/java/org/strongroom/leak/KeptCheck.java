package org.strongroom.leak;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.strongroom.leak.report.Report;

/**
 * A check in a list of them.
 *
 * @param id 32 hexadecimal digits
 * @param at when it ended: ISO 8601, UTC
 * @param by the actor's name
 * @param sample SHA-256 of the sample, in hexadecimal
 * @param records read
 * @param matched distinct records whose identifier is the vault's
 * @param affected subjects of whom something was exposed
 * @param verdict its code
 * @param text the verdict in a sentence
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record KeptCheck(
    String id,
    String at,
    String by,
    String purpose,
    String collection,
    String sample,
    long records,
    long matched,
    long affected,
    String verdict,
    String text) {
  Instant ended() {
    return Instant.parse(at);
  }

  static KeptCheck of(Report report, long affected) {
    Report.Findings findings = report.findings();
    return new KeptCheck(
        report.check().id(),
        report.check().at().toString(),
        report.check().by(),
        report.check().purpose(),
        findings.collection(),
        findings.sample().sha256(),
        findings.records(),
        findings.matched(),
        affected,
        findings.verdict().code(),
        findings.verdict().text());
  }
}

package org.strongroom.leak.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What the draft of the notices has filled in. Public for the templates only. Immutable. */
public final class NoticeView {
  private static final String CHILDREN = "0-13";
  private static final DateTimeFormatter BEIJING =
      DateTimeFormatter.ofPattern("uuuu年M月d日 HH:mm（北京时间）", Locale.CHINA)
          .withZone(ZoneOffset.ofHours(8));
  private static final DateTimeFormatter BEIJING_DAY =
      DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.CHINA).withZone(ZoneOffset.ofHours(8));

  private final Report report;

  NoticeView(Report report) {
    this.report = report;
  }

  /** The same in English and Chinese. */
  public record Words(String english, String chinese) {}

  public Report report() {
    return report;
  }

  public Report.Findings findings() {
    return report.findings();
  }

  public Report.Affected affected() {
    return report.findings().affected();
  }

  /** Whether there is anything to give notice of. */
  public boolean isDue() {
    return affected().subjects() > 0;
  }

  /** The fields that were exposed, by name. */
  public List<Words> fields() {
    return affected().fields().keySet().stream().map(NoticeWords::field).toList();
  }

  /** All of {@link #fields} in one line. */
  public Words fieldsInOneLine() {
    return new Words(
        String.join(", ", fields().stream().map(Words::english).toList()),
        String.join("、", fields().stream().map(Words::chinese).toList()));
  }

  public List<Words> harm() {
    return NoticeWords.harm(affected().fields().keySet(), affected().sensitive() > 0);
  }

  public List<Words> advice() {
    return NoticeWords.advice(affected().fields().keySet());
  }

  /**
   * Of children under 14, whose information is sensitive by PIPL Art. 28, the most that one class
   * of fields counts; rows that were left out are missing.
   */
  public long children() {
    return Math.max(children("ordinary"), children("sensitive"));
  }

  private long children(String fields) {
    return affected().counts().stream()
        .filter(count -> count.age().equals(CHILDREN) && count.fields().equals(fields))
        .mapToLong(Report.Count::subjects)
        .sum();
  }

  /** When the check ended. */
  public Words checked() {
    return moment(report.check().at());
  }

  /** By when GDPR Art. 33 asks the authority to be told, if the check is when one became aware. */
  public Words deadline() {
    return moment(Deadlines.gdprAuthority(report.check().at()));
  }

  /** When the copy was taken; "not known" when nothing says so. */
  public Words taken() {
    Report.Window window = findings().window();
    if (window == null) {
      return new Words("not known", "尚不清楚");
    }
    Instant to = window.to();
    String from = BEIJING_DAY.format(window.from());
    return new Words(
        Shown.span(window.from(), to),
        to == null ? from + "以后" : from + "至" + BEIJING_DAY.format(to) + "之间");
  }

  /** What kind of incident it is, as far as the check can tell. */
  public Words nature() {
    return switch (findings().verdict().code()) {
      case "copy" ->
          new Words(
              "Unauthorised disclosure: a copy of our records is in the hands of others.",
              "个人信息泄露：我方所持个人信息的副本已被他人获取。");
      case "mixture" ->
          new Words(
              "Unauthorised disclosure: records of ours are in the hands of others, mixed with those"
                  + " of other origin.",
              "个人信息泄露：我方所持的部分个人信息与其他来源的数据混合后被他人获取。");
      default ->
          new Words(
              "Possible unauthorised disclosure: records of ours were found in the hands of others.",
              "可能发生个人信息泄露：在他人处发现了我方所持的个人信息。");
    };
  }

  private static Words moment(Instant at) {
    return new Words(Shown.moment(at), BEIJING.format(at));
  }
}

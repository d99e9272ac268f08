package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NoticeTest {
  private static String notice(Report report) {
    return new String(new Notice().of(report), StandardCharsets.UTF_8);
  }

  @Test
  void notice_ofACopy_countsDeadlinesFromTheCheck() {
    assertThat(notice(HandBuilt.copy()))
        .contains("20 March 2026, 09:15 UTC")
        .contains("<strong>23 March 2026, 09:15 UTC</strong>")
        .contains("2026年3月23日 17:15（北京时间）")
        .contains("<strong>immediately</strong>", "立即");
  }

  @Test
  void notice_ofACopy_fillsInWhatIsKnownForThePeople() {
    assertThat(notice(HandBuilt.copy()))
        .containsSubsequence(
            "致个人的通知",
            "（2026年3月2日至2026年3月9日之间的内容）",
            "《中华人民共和国个人信息保护法》第五十七条",
            "一、泄露的信息种类、原因和可能造成的危害",
            "住址、民族、姓名、电话号码、公民身份号码",
            "冒用您的身份",
            "二、我们采取的补救措施，以及您可以采取的措施",
            "三、联系方式",
            "Notice of a leak of personal information",
            "address, ethnicity, name, telephone number, citizen identification number",
            "Cause: <span class=\"blank\">",
            "sensitive",
            "We have: <span class=\"blank\">",
            "Whom to ask");
  }

  @Test
  void notice_ofACopy_fillsInWhatIsKnownForTheAuthority() {
    assertThat(notice(HandBuilt.copy()))
        .containsSubsequence(
            "To the authority",
            "Nature",
            "a copy of our records",
            "2–9 March 2026",
            "People: number",
            "239,801",
            "88,003",
            "Records: number",
            "239,870",
            "Cause",
            "[how it could happen",
            "Likely consequences",
            "Measures taken or proposed",
            "Contact",
            "data protection officer",
            HandBuilt.copy().check().findings(),
            "73901");
  }

  @Test
  void notice_ofAnyLeak_namesNoSourceAndNoColumn() {
    assertThat(notice(HandBuilt.copy()))
        .doesNotContain("data-exchange", "officer-", "investigator", "_source");
  }

  @Test
  void notice_ofChildren_countsThoseUnder14() {
    assertThat(new NoticeView(HandBuilt.copy()).children())
        .isEqualTo(
            HandBuilt.copy().findings().affected().counts().stream()
                .filter(count -> count.age().equals("0-13"))
                .filter(count -> count.fields().equals("ordinary"))
                .mapToLong(Report.Count::subjects)
                .sum());
  }

  @Test
  void notice_ofAForeignSample_saysThatNothingIsDue() {
    assertThat(notice(HandBuilt.foreign()))
        .contains("nothing to give notice of", "无需通知")
        .doesNotContain("GDPR Art. 33", "第五十七条");
  }

  @Test
  void notice_ofFewFields_tellsOnlyTheirHarm() {
    assertThat(notice(HandBuilt.tooFew()))
        .contains("姓名")
        .doesNotContain("telephone cards", "敏感个人信息泄露可能");
  }

  @Test
  void words_ofAFieldThatIsNotKnown_areItsName() {
    assertThat(NoticeWords.field("blood_group"))
        .isEqualTo(new NoticeView.Words("blood_group", "blood_group"));
  }
}

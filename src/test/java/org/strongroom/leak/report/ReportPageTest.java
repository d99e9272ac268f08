package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.audit.Receipt;

class ReportPageTest {
  private static final ReportPage PAGE = new ReportPage();
  private static final Notice NOTICE = new Notice();

  private static String page(Report report) {
    return new String(PAGE.of(report), StandardCharsets.UTF_8);
  }

  static Stream<String> pages() {
    return ReportJsonTest.reports()
        .flatMap(
            report ->
                Stream.of(page(report), new String(NOTICE.of(report), StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_ofAnyReport_needsNoScriptAndNoNetwork(String html) throws Exception {
    HtmlTags tags = new HtmlTags(html);

    assertThat(tags.names())
        .doesNotContain("script", "link", "img", "iframe", "object", "a", "base");
    assertThat(tags.tags())
        .noneMatch(
            tag -> tag.toLowerCase(Locale.ROOT).matches("(?s).*\\s(on\\w+|style|src|href)=.*"));
    assertThat(html).doesNotContain("@import", "url(", "http:", "https:", "javascript:");
    Matcher style = Pattern.compile("(?s)<style>(.*)</style>").matcher(html);
    assertThat(style.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    String policy =
        "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(hash)
            + "'; base-uri 'none'";
    assertThat(tags.of("meta"))
        .contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + policy.replace("'", "&#39;")
                + "\">");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_ofAnyReport_tellsChartsAndTablesInWords(String html) {
    HtmlTags tags = new HtmlTags(html);
    List<String> names = tags.names();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals("svg")) {
        assertThat(names.get(i + 1)).isEqualTo("title");
      }
      if (names.get(i).equals("table")) {
        assertThat(names.get(i + 1)).isEqualTo("caption");
      }
    }
    assertThat(tags.of("svg")).allMatch(svg -> svg.contains("role=\"img\""));
    assertThat(tags.of("th")).allMatch(cell -> cell.contains("scope=\""));
    List<String> ids =
        tags.tags().stream()
            .flatMap(tag -> Pattern.compile("\\sid=\"([^\"]*)\"").matcher(tag).results())
            .map(found -> found.group(1))
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
    tags.tags().stream()
        .flatMap(tag -> Pattern.compile("aria-labelledby=\"([^\"]*)\"").matcher(tag).results())
        .forEach(found -> assertThat(ids).contains(found.group(1).split(" ")));
    assertThat(html).contains("<html lang=\"en\">");
  }

  @Test
  void page_ofHostileColumnNames_hasTheStructureOfHarmlessOnes() {
    String[] hostile = {
      "</script><script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "' onmouseover='alert(1)",
      "<!--",
      "]]></style><svg/onload=alert(1)>",
      "${1+1}@if(true)",
      "&lt;b&gt;",
      "姓".repeat(100),
      "\u202egnp.exe\u202c \u2066\u200f\u061c",
      "tab\tnew\nline\u0000\u001b[31m",
      "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
      "",
    };
    String[] harmless = new String[hostile.length];
    for (int i = 0; i < hostile.length; i++) {
      harmless[i] = "column" + i;
    }

    String html = page(HandBuilt.withColumns(hostile));

    assertThat(new HtmlTags(html).names())
        .isEqualTo(new HtmlTags(page(HandBuilt.withColumns(harmless))).names());
    assertThat(html)
        .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("${1+1}@if(true)")
        .contains("&amp;lt;b&amp;gt;")
        .contains("姓".repeat(100))
        .contains("⟨U+202E⟩gnp.exe⟨U+202C⟩ ⟨U+2066⟩⟨U+200F⟩⟨U+061C⟩")
        .contains("tab⟨U+0009⟩new⟨U+000A⟩line⟨U+0000⟩⟨U+001B⟩[31m")
        .contains("⟨empty⟩");
    assertThat(html.chars()).noneMatch(c -> c == 0x202e || c == 0x200f || c == 0x1b || c == 0);
  }

  @Test
  void page_ofHostileTexts_escapesThem() {
    Report.Findings of = HandBuilt.tooFew().findings();
    Report.Findings hostile =
        new Report.Findings(
            of.format(),
            "<b>",
            "<i>",
            of.sample(),
            1,
            0,
            0,
            1,
            1,
            of.genuine(),
            of.mapping(),
            new java.util.TreeMap<>(java.util.Map.of("<u>\"", of.agreement().get("name"))),
            of.window(),
            of.copies(),
            List.of(new Report.CanaryHit("<c>", "<p>", List.of("<s>", "</td>"))),
            new Report.Sources(
                1,
                1,
                1,
                "likely",
                "<t>",
                List.of(new Report.Source("user", "<n>\u202e", 1, 0, null, 0, 0, true)),
                List.of(new Report.Source("pair", "<q>", 1, 0, null, 0, 0, true))),
            of.foreign(),
            new Report.Affected(
                1,
                1,
                new java.util.TreeMap<>(java.util.Map.of("<f>", 1L)),
                List.of(new Report.Count("<r>", "<a>", "<cl>", 10)),
                0),
            new Report.Verdict("<code>", "<v>", List.of("<e>")));
    Report report =
        new Report(
            hostile,
            new Report.Check("<id>", HandBuilt.AT, "<by>", "<why>", "<dig>"),
            "<sig>",
            new Receipt("<log>", 1));

    for (String html :
        List.of(page(report), new String(NOTICE.of(report), StandardCharsets.UTF_8))) {
      assertThat(new HtmlTags(html).names())
          .doesNotContain(
              "b", "u", "c", "s", "n", "q", "f", "r", "cl", "v", "e", "id", "by", "sig");
    }
    assertThat(page(report)).contains("&lt;sig&gt;", "&lt;n&gt;⟨U+202E⟩", "&lt;q&gt;", "&lt;e&gt;");
  }

  @Test
  void page_ofACopy_tellsTheVerdictFirstAndAllOfTheReport() {
    String html = page(HandBuilt.copy());

    assertThat(html)
        .containsSubsequence(
            "<h1>A copy of this vault</h1>",
            "taken between 2 and 9 March 2026",
            "How much of it is genuine",
            "96.4 %, between 96.3 % and 96.5 %",
            "When it was taken",
            "<strong>2–9 March 2026</strong>",
            "The next best is 9–18 March 2026, with 201,477.",
            "Through whom",
            "Proved by planted records",
            "73894 by data-exchange",
            "named",
            "4.4 × 10⁻¹⁸³",
            "Agreement, field by field",
            "What is not this vault",
            "img.example.com",
            "The sample and its columns",
            "_source.sfzh",
            "Who is affected",
            "23 March 2026, 09:15 UTC",
            "11 北京",
            "How to hold this against the log",
            "entry 73901 of",
            "Not signed");
  }

  @Test
  void page_whenNobodyStandsOut_accusesNobody() {
    String html = page(HandBuilt.mixture());

    assertThat(html)
        .contains("<h1>A mixture</h1>", "Nobody stands out")
        .contains("Nobody had been shown more of these subjects than chance would have it.")
        .contains("since 1 November 2025")
        .doesNotContain("class=\"named\"", "callout alarm", "class=\"tag\"");
  }

  @Test
  void page_ofAForeignSample_hasNoWindowAndNobodyAffected() {
    String html = page(HandBuilt.foreign());

    assertThat(html)
        .contains("<h1>Not from this vault</h1>", "there is no moment to tell", "Nobody: no record")
        .contains("0 %, between 0 % and &lt; 0.1 %")
        .doesNotContain("class=\"chart\"", "NaN", "Infinity");
  }

  @Test
  void page_ofTooFewNotLogged_saysSo() {
    assertThat(page(HandBuilt.tooFew()))
        .contains("It cannot be told", "Too few to tell", "not in the log yet", "Not signed");
  }

  @Test
  void page_ofASignedReport_showsTheNote() {
    Report report = HandBuilt.copy();
    Report signed =
        new Report(report.findings(), report.check(), "line\n\n— key abc=\n", report.receipt());

    assertThat(page(signed))
        .contains("<pre>line\n\n— key abc=\n</pre>")
        .doesNotContain("Not signed");
  }

  @Test
  void page_ofOneReport_isTheSameBytes() {
    assertThat(new ReportPage().of(HandBuilt.copy())).isEqualTo(PAGE.of(HandBuilt.copy()));
  }

  @Test
  void page_ofManySources_ranksTheLikeliest() {
    List<Report.Source> ranked = HandBuilt.copy().findings().sources().ranked();
    assertThat(ranked.size()).isGreaterThanOrEqualTo(ReportView.MOST_SOURCES);

    assertThat(new ReportView(HandBuilt.copy()).sources())
        .isEqualTo(ranked.subList(0, ReportView.MOST_SOURCES));
  }
}

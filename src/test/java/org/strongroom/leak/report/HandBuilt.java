package org.strongroom.leak.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;

/** Reports as the check would make them, one of each verdict. */
final class HandBuilt {
  static final String LOG = "strongroom/857b9888b38091efd8380e581e71da06";
  static final Instant AT = Instant.parse("2026-03-20T09:15:30.123Z");

  private HandBuilt() {}

  /** A sharp leak, with an export that stands out. */
  static Report copy() {
    Instant from = Instant.parse("2026-03-02T00:00:00Z");
    Instant to = Instant.parse("2026-03-09T00:00:00Z");
    TreeMap<String, Report.Agreement> agreement = new TreeMap<>();
    agreement.put("name", agreed(246_100, 1_240, 310, 22, 0));
    agreement.put("address", agreed(201_334, 31_009, 14_270, 1_180, 88));
    agreement.put("phone", agreed(230_117, 15_901, 0, 1_604, 50));
    agreement.put("occupation", agreed(120_400, 3_201, 0, 9_870, 114_201));
    List<Report.Source> ranked = new ArrayList<>();
    ranked.add(source("export", "73894 by data-exchange", 1_192, 99.7, 4.4e-183, true));
    ranked.add(source("agency", "Bureau for Data Exchange", 1_204, 310.2, 2.1e-3, false));
    for (int i = 1; i <= 12; i++) {
      ranked.add(source("user", "officer-" + i, 95 + i, 99.3, 0.31, false));
    }
    ranked.add(new Report.Source("application", "kiosk", 0, 0, null, 1, 1, false));
    List<Report.Column> mapping =
        List.of(
            new Report.Column(
                "_source.sfzh", "resident_id", "cn.resident_id", "values", 250_000, 0.9931, 0.999),
            new Report.Column("_source.xm", "name", "name", "name", 250_000, 0.998, 0.98),
            new Report.Column("_source.dz", "address", "address", "agreement", 247_880, 0.97, 0.95),
            new Report.Column("_source.sjh", "phone", "phone", "values", 247_672, 0.981, 0.99),
            new Report.Column("_source.wechat", null, null, "none", 88_120, 0, 0),
            new Report.Column("_source.zp", null, "url", "values", 240_511, 1, 0));
    return report(
        findings(
            new long[] {250_000, 1_220, 1_712, 245_264, 245_190},
            new Report.Genuine(239_870, 0.964185, 0.963448, 0.964908, 114),
            mapping,
            agreement,
            new Report.Window(
                from,
                to,
                238_911,
                0.996002,
                new Report.Copy(to, to.plus(Duration.ofDays(9)), 201_477),
                curve(from, to)),
            List.of(new Report.Copy(from, to, 238_911)),
            List.of(
                new Report.CanaryHit(
                    "00000000000000070000000000000009",
                    "data-exchange",
                    List.of("data-exchange", "officer-3"))),
            new Report.Sources(
                2_000,
                2_000,
                214,
                "proved",
                "An export of data-exchange had been shown 1,192 of 2,000 subjects where 99.7 were to"
                    + " be expected, and a resident made for it alone is in the sample.",
                ranked,
                List.of()),
            new Report.Foreign(
                Report.sorted(
                    Map.of(
                        "cn.resident_id",
                        Report.sorted(Map.of("check_digit", 1_502L)),
                        "phone",
                        Report.sorted(Map.of("not_a_number", 988L)))),
                1_804,
                List.of("_source.wechat", "_source.zp"),
                new TreeMap<>(Map.of("example_domain", 14L)),
                0,
                List.of(new Report.Domain("img.example.com", 240_511))),
            affected(),
            new Report.Verdict(
                "copy",
                "A copy of this vault, taken between 2 and 9 March 2026.",
                List.of(
                    "96.4 % of the records are this vault's, with all that they say.",
                    "99.6 % of those were true together from 2 to 9 March 2026."))));
  }

  /** Ours and others' mixed; nobody stands out. */
  static Report mixture() {
    Instant from = Instant.parse("2025-11-01T00:00:00Z");
    Report copy = copy();
    Report.Findings of = copy.findings();
    return report(
        findings(
            new long[] {12_000, 500, 900, 5_100, 5_090},
            new Report.Genuine(4_300, 0.373913, 0.36511, 0.382797, 20),
            of.mapping(),
            of.agreement(),
            new Report.Window(from, null, 1_204, 0.28, null, curve(from, AT)),
            List.of(
                new Report.Copy(from, null, 1_204),
                new Report.Copy(from.minus(Duration.ofDays(200)), from, 1_100)),
            List.of(),
            new Report.Sources(
                2_000,
                2_000,
                214,
                "no_one_stands_out",
                "Nobody had been shown more of these subjects than chance would have it.",
                List.of(source("user", "officer-1", 104, 99.3, 0.31, false)),
                List.of(source("pair", "officer-1 and officer-2", 190, 181.5, 0.27, false))),
            of.foreign(),
            of.affected(),
            new Report.Verdict(
                "mixture",
                "A mixture: 37 % of it is this vault's, from several times.",
                List.of("No window holds more than 28 % of the genuine records."))));
  }

  /** Nothing of it is ours. */
  static Report foreign() {
    return report(
        findings(
            new long[] {5_000, 0, 10, 3, 3},
            new Report.Genuine(0, 0, 0, 0.000767, 0),
            List.of(
                new Report.Column("id", "resident_id", "cn.resident_id", "values", 5_000, 1, 1)),
            new TreeMap<>(),
            null,
            List.of(),
            List.of(),
            new Report.Sources(
                3, 3, 0, "too_few", "Too few subjects to tell.", List.of(), List.of()),
            new Report.Foreign(
                new TreeMap<>(),
                4_987,
                List.of(),
                new TreeMap<>(Map.of("sequence", 4_000L)),
                4_000,
                List.of()),
            new Report.Affected(0, 0, new TreeMap<>(), List.of(), 0),
            new Report.Verdict(
                "foreign",
                "Nothing to do with this vault.",
                List.of("3 of 5,000 identifiers are held here, and nothing else agrees."))));
  }

  /** Too little to judge; neither logged nor signed yet. */
  static Report tooFew() {
    Report.Findings of = foreign().findings();
    Report.Findings few =
        findings(
            new long[] {40, 0, 0, 12, 12},
            new Report.Genuine(9, 0.225, 0.108368, 0.384515, 3),
            of.mapping(),
            new TreeMap<>(Map.of("name", agreed(9, 0, 0, 3, 0))),
            new Report.Window(
                AT.minusSeconds(10), null, 9, 1, null, List.of(new Report.Point(AT, 9))),
            List.of(),
            List.of(),
            of.sources(),
            of.foreign(),
            new Report.Affected(9, 0, new TreeMap<>(Map.of("name", 9L)), List.of(), 9),
            new Report.Verdict("undecided", "Too little to say.", List.of()));
    return new Report(few, check(few), null, null);
  }

  /** The copy with other column names, as a hostile sample may have them. */
  static Report withColumns(String... names) {
    Report.Findings of = copy().findings();
    List<Report.Column> mapping =
        Arrays.stream(names)
            .map(name -> new Report.Column(name, null, null, "none", 7, 0, 0))
            .toList();
    return report(
        new Report.Findings(
            of.format(),
            of.vault(),
            of.collection(),
            of.sample(),
            of.records(),
            of.duplicates(),
            of.invalid(),
            of.matched(),
            of.subjects(),
            of.genuine(),
            mapping,
            of.agreement(),
            of.window(),
            of.copies(),
            of.canaries(),
            of.sources(),
            new Report.Foreign(
                of.foreign().invalidValues(),
                1,
                List.of(names),
                new TreeMap<>(),
                0,
                Arrays.stream(names).map(name -> new Report.Domain(name, 1)).toList()),
            of.affected(),
            of.verdict()));
  }

  /** Logged, and not signed. */
  static Report report(Report.Findings findings) {
    return new Report(findings, check(findings), null, new Receipt(LOG, 73_901));
  }

  private static Report.Check check(Report.Findings findings) {
    return new Report.Check(
        "0123456789abcdef0123456789abcdef",
        AT,
        "wang.investigator",
        "leak-check",
        ReportJson.digest(findings).hex());
  }

  private static Report.Findings findings(
      long[] counts,
      Report.Genuine genuine,
      List<Report.Column> mapping,
      Map<String, Report.Agreement> agreement,
      Report.@Nullable Window window,
      List<Report.Copy> copies,
      List<Report.CanaryHit> canaries,
      Report.Sources sources,
      Report.Foreign foreign,
      Report.Affected affected,
      Report.Verdict verdict) {
    return new Report.Findings(
        ReportJson.FORMAT,
        "857b9888b38091efd8380e581e71da06",
        "residents",
        new Report.SampleFacts(
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            56_120_331,
            List.of(new Report.Part("json", "UTF-8", "gzip", 3, counts[0]))),
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        genuine,
        mapping,
        Report.sorted(agreement),
        window,
        copies,
        canaries,
        sources,
        foreign,
        affected,
        verdict);
  }

  private static Report.Agreement agreed(
      long now, long before, long near, long different, long notHeld) {
    Instant from = before == 0 ? null : Instant.parse("2025-02-01T10:00:00Z");
    Instant to = before == 0 ? null : Instant.parse("2026-03-18T16:20:11.5Z");
    long compared = now + before + near + different;
    return new Report.Agreement(compared, now, before, near, different, notHeld, from, to);
  }

  private static Report.Source source(
      String kind, String name, long shown, double expected, double p, boolean named) {
    double lift = Decimals.rounded(shown / expected).doubleValue();
    return new Report.Source(
        kind,
        name,
        shown,
        expected,
        lift,
        p,
        Decimals.rounded(Math.min(1, p * 214)).doubleValue(),
        named);
  }

  /** Rises to the window over a year, and falls after it. */
  private static List<Report.Point> curve(Instant from, Instant to) {
    List<Report.Point> curve = new ArrayList<>();
    for (int week = 52; week > 0; week--) {
      curve.add(point(from.minus(Duration.ofDays(7L * week)), 150_000 + (52 - week) * 1_000L));
    }
    curve.add(point(from, 238_911));
    for (int week = 0; week < 20; week++) {
      curve.add(point(to.plus(Duration.ofDays(7L * week)), 201_477 - week * 900L));
    }
    return curve;
  }

  private static Report.Point point(Instant at, long records) {
    return new Report.Point(at, records);
  }

  private static Report.Affected affected() {
    List<Report.Count> counts = new ArrayList<>();
    for (String region : List.of("11", "31", "44", "65", "unknown")) {
      for (String age : List.of("0-13", "14-17", "18-29", "30-44", "45-59", "60+")) {
        counts.add(new Report.Count(region, age, "ordinary", 4_000 + age.hashCode() % 900));
        counts.add(new Report.Count(region, age, "sensitive", 1_400 + age.hashCode() % 90));
      }
    }
    return new Report.Affected(
        239_801,
        88_003,
        new TreeMap<>(
            Map.of(
                "resident_id",
                239_801L,
                "name",
                239_801L,
                "address",
                239_001L,
                "phone",
                238_077L,
                "ethnicity",
                88_003L)),
        counts,
        27);
  }
}

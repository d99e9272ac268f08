package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.strongroom.leak.report.Report;
import org.strongroom.schema.CollectionSpec;

/** What becomes of rows: suspects, rows without any identifier, counts. */
final class SuspectMakerTest {
  private static final CollectionSpec SPEC = SampleReading.residents();

  private final Collected collected = new Collected();
  private Tally tally = new Tally();

  private void make(byte[] content, Map<String, String> maps) throws IOException {
    try (Sample sample = SampleReading.sample(content)) {
      Learner learner = new Learner(SPEC, sample.columns(), maps);
      List<Rows> all = new ArrayList<>();
      for (Rows rows = sample.next(); rows != null; rows = sample.next()) {
        learner.add(rows);
        all.add(rows);
      }
      SuspectMaker maker = new SuspectMaker(SPEC, learner.decide());
      all.forEach(rows -> maker.make(rows, collected));
      tally = maker.tally();
    }
  }

  private void make(String content) throws IOException {
    make(content.getBytes(UTF_8), Map.of());
  }

  @Test
  void make_rowsOfATable_givesCanonicalValues() throws IOException {
    make(
        """
        sfzh,xm,sjh,csrq,xb,mz
        11010119900307773 1,王小明,+86 138-0013-8000,1990年3月7日,男,汉
        31010419851224101x,李 娜,13912345678,19851224,2,回族
        """);

    assertThat(collected.suspects)
        .containsExactly(
            "0: resident_id=110101199003077731 name=王小明 sex=male date_of_birth=1990-03-07"
                + " ethnicity=han phone=+8613800138000",
            "1: resident_id=31010419851224101X name=李 娜 sex=female date_of_birth=1985-12-24"
                + " ethnicity=hui phone=+8613912345678");
    assertThat(collected.none).isEmpty();
  }

  @Test
  void make_rowWithoutValidIdentifier_saysWhy() throws IOException {
    make(
        """
        sfzh,xm,sjh,csrq
        110101199003077732,王小明,13800138,
        ,李娜,,1985-12-24
        ,赵六,,
        110101199013077731,钱七,13800138000,1990-13-07
        """);

    assertThat(collected.none).containsExactly("0: phone.not_valid resident_id.check_digit", "2: ");
    assertThat(collected.suspects)
        .containsExactly("1: name=李娜 date_of_birth=1985-12-24", "3: name=钱七 phone=+8613800138000");
    assertThat(tally.invalidValues())
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "cn.resident_id", new TreeMap<>(Map.of("check_digit", 1L, "birth_date", 1L)),
                    "phone", new TreeMap<>(Map.of("not_valid", 1L)),
                    "date", new TreeMap<>(Map.of("no_such_day", 1L)))));
    assertThat(tally.values(0)).isEqualTo(2);
    assertThat(tally.valid(0)).isZero();
    assertThat(tally.values(3)).isEqualTo(2);
    assertThat(tally.valid(3)).isEqualTo(1);
  }

  @Test
  void make_repeatedValues_areAlternatives() throws IOException {
    make(
        """
        {"sfzh":"110101199003077731","phone":["13800138000","13900139000","13800138000"]}
        """);

    assertThat(collected.suspects)
        .containsExactly(
            "0: resident_id=110101199003077731 phone=+8613800138000 or phone=+8613900139000");
  }

  @Test
  void make_numberedTelephones_areAlternatives() throws IOException {
    make("phone2,phone,sfzh\n13700137000,13800138000,110101199003077731\n");

    assertThat(collected.suspects)
        .containsExactly(
            "0: resident_id=110101199003077731 phone=+8613800138000 or phone=+8613700137000");
  }

  @Test
  void make_wordsForNothing_areNoValues() throws IOException {
    make("sfzh,xm,sjh,addr\n110101199003077731,NULL,-,无\n110101199003077731,null,\\N,(null)\n");

    assertThat(collected.suspects)
        .containsExactly("0: resident_id=110101199003077731", "1: resident_id=110101199003077731");
    assertThat(tally.values(1)).isZero();
    assertThat(tally.invalidValues()).isEmpty();
  }

  @Test
  void make_plainText_findsIdentifiersAnywhere() throws IOException {
    make(Files.readAllBytes(SampleReading.resource("notes.txt")), Map.of());

    assertThat(collected.suspects)
        .containsExactly(
            "0: resident_id=110101199003077731 phone=+8613800138000",
            "1: resident_id=31010419851224101X phone=+8613912345678",
            "2: resident_id=440305200002290029 phone=+8618600001111",
            "3: resident_id=510104197707010038 phone=+8615911112222",
            "4: resident_id=650102196606060048 phone=+8617700002222",
            "6: resident_id=110101199003077731",
            "6: resident_id=31010419851224101X",
            "7: email=li.na@example.org");
    assertThat(collected.none).containsExactly("5: ");
  }

  @Test
  void make_textInOneColumn_keepsOthersApart() throws IOException {
    make(
        """
        sfzh,备注
        110101199003077731,本人 110101199003077731 配偶 31010419851224101X 电话 13800138000
        ,来电 13912345678
        440305200002290029,无异常
        """);

    assertThat(collected.suspects)
        .containsExactly(
            "0: resident_id=110101199003077731",
            "0: resident_id=31010419851224101X",
            "1: phone=+8613912345678",
            "2: resident_id=440305200002290029");
  }

  @Test
  void make_columnOfSeveralKinds_readsEach() throws IOException {
    StringBuilder table = new StringBuilder("account,note\n");
    for (int i = 0; i < 20; i++) {
      table.append(i % 2 == 0 ? "1380013800" + i % 10 : "u" + i + "@example.com").append(",x\n");
    }

    make(table.toString());

    assertThat(collected.suspects)
        .hasSize(20)
        .startsWith("0: phone=+8613800138000", "1: email=u1@example.com");
  }

  @Test
  void make_links_areCountedByHostOnly() throws IOException {
    make(
        """
        {"sfzh":"110101199003077731","photo":"https://Img.example.com/a/110101199003077731.jpg"}
        {"sfzh":"110101199003077731","photo":"http://img.example.com:8080/b.jpg?x=1"}
        {"sfzh":"110101199003077731","photo":"https://user:secret@cdn.example.org/c d.jpg"}
        {"sfzh":"110101199003077731","photo":"http:///none"}
        {"sfzh":"110101199003077731","photo":"/9j/4AAQSkZJRg"}
        """);

    assertThat(tally.photoDomains(20))
        .containsExactly(
            new Report.Domain("img.example.com", 2), new Report.Domain("cdn.example.org", 1));
    assertThat(tally.photoDomains(1)).hasSize(1);
    assertThat(collected.suspects).allMatch(suspect -> !suspect.contains("photo"));
  }

  @Test
  void add_ofTallies_isTheirSum() throws IOException {
    make("sfzh,x\n110101199003077732,1\n110101199003077731,1\nhttps://a.example/,1\n");
    Tally first = tally;
    make("sfzh,x\n110101199003077732,1\n110101199003077731,1\nhttps://a.example/,1\n");
    Tally sum = new Tally();

    sum.add(first);
    sum.add(tally);

    assertThat(sum.values(0)).isEqualTo(6);
    assertThat(sum.valid(0)).isEqualTo(2);
    assertThat(sum.invalidValues().get("cn.resident_id")).containsEntry("check_digit", 2L);
    assertThat(sum.photoDomains(5)).containsExactly(new Report.Domain("a.example", 2));
  }

  @Test
  void make_columnMetAfterLearning_isSearchedAsText() throws IOException {
    try (Sample sample =
        SampleReading.sample(
            ("{\"sfzh\":\"110101199003077731\"}\n".repeat(1000) + "{\"late\":\"电话13800138000\"}\n")
                .getBytes(UTF_8))) {
      Learner learner = new Learner(SPEC, sample.columns(), Map.of());
      Rows first = requireNonNull(sample.next());
      learner.add(first);
      Mapping mapping = learner.decide();
      Rows second = requireNonNull(sample.next());

      new SuspectMaker(SPEC, mapping).make(second, collected);

      assertThat(mapping.knows(first)).isTrue();
      assertThat(mapping.knows(second)).isFalse();
      assertThat(collected.suspects).containsExactly("0: phone=+8613800138000");
    }
  }

  @Test
  void search_manyShapes_findsOnlyWhatIsValid() {
    Extractor extractor = new Extractor(SPEC);

    extractor.search(
        "ID110101199003077731, 110101 19900307 7731; 11010519491231002x。 5110101199003077731"
            + " 110101199003077732 旧130503670401001号 +8613800138000 86-13900139000"
            + " 137-0013-7000 138001380001 010-62345678 a.b@Example.COM, 13600136000@qq.com"
            + " www@ @x 1990-03-07 192.168.100.200");

    assertThat(extractor.ids())
        .containsExactlyInAnyOrder(
            "110101199003077731", "11010519491231002X", "130503196704010016");
    assertThat(extractor.phones())
        .containsExactlyInAnyOrder(
            "+8613800138000", "+8613900139000", "+8613700137000", "+861062345678");
    assertThat(extractor.emails())
        .containsExactlyInAnyOrder("a.b@example.com", "13600136000@qq.com");
  }
}

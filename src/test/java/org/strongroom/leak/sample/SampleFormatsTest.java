package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.leak.report.Report;

/**
 * Reads the same five people from files that other programs wrote: Python's json, csv, sqlite3 and
 * zipfile, openpyxl, sqlite3, pg_dump 15, gzip, zstd and zip.
 */
final class SampleFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "array.json, json, UTF-8, none",
    "lines.ndjson, json, UTF-8, none",
    "concatenated.json, json, UTF-8, none",
    "navicat.json, json, UTF-8, none",
    "bulk.json, json, UTF-8, none",
    "comma.csv, csv, UTF-8, none",
    "comma-mark.csv, csv, UTF-8, none",
    "quoted.csv, csv, UTF-8, none",
    "caret.csv, csv, UTF-8, none",
    "semicolon.csv, csv, GB18030, none",
    "headerless.csv, csv, GB18030, none",
    "tab.csv, csv, UTF-16LE, none",
    "tab-le.csv, csv, UTF-16LE, none",
    "pipe-be.csv, csv, UTF-16BE, none",
    "pg-copy.sql, sql, UTF-8, none",
    "pg-inserts.sql, sql, UTF-8, none",
    "pg-columns.sql, sql, UTF-8, none",
    "lines.ndjson.gz, json, UTF-8, gzip",
    "lines.ndjson.zst, json, UTF-8, zstd",
    "stored.zip, json, UTF-8, zip",
  })
  void next_fileOfAnotherProgram_givesTheSamePeople(
      String file, String format, String encoding, String packed) throws IOException {
    try (Sample sample = Sample.open(SampleReading.resource(file), SampleLimits.DEFAULT)) {
      assertThat(SampleReading.values(sample)).isEqualTo(SampleReading.PEOPLE);

      assertThat(sample.parts()).containsExactly(new Report.Part(format, encoding, packed, 1, 5));
      assertThat(sample.bytesRead()).isEqualTo(Files.size(SampleReading.resource(file)));
      assertThat(sample.bytes()).hasValue(sample.bytesRead());
      assertThat(sample.brokenCharacters()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"array.json", "semicolon.csv", "pipe-be.csv", "lines.ndjson.zst"})
  void next_streamWithoutName_givesTheSamePeople(String file) throws IOException {
    try (InputStream in = Files.newInputStream(SampleReading.resource(file))) {
      assertThat(SampleReading.values(in)).isEqualTo(SampleReading.PEOPLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite.sql", "sqlite-python.sql"})
  void next_sqliteDump_takesColumnsFromCreateTable(String file) throws IOException {
    try (Sample sample = Sample.open(SampleReading.resource(file), SampleLimits.DEFAULT)) {
      List<List<String>> rows = SampleReading.named(sample);

      assertThat(rows).hasSize(5);
      assertThat(rows.get(2))
          .containsExactly(
              "people.cert=440305200002290029",
              "people.who=张伟, 大",
              "people.cell_no=18600001111",
              "people.home=广东省深圳市南山区科苑路15号\n后门",
              "people.mail=zhang@example.net",
              "people.born=2000-02-29",
              "people.age=30");
    }
  }

  @Test
  void next_answerOfASearchEngine_givesWhatIsUnderSource() throws IOException {
    for (String file : List.of("hits.json", "elasticdump.json")) {
      try (Sample sample = Sample.open(SampleReading.resource(file), SampleLimits.DEFAULT)) {
        List<List<String>> rows = SampleReading.named(sample);

        assertThat(rows).hasSize(5);
        assertThat(rows.get(0))
            .startsWith("_id=0", "cert=110101199003077731", "who=王小明")
            .hasSize(7);
      }
    }
  }

  @Test
  void next_workbook_givesAllSheetsWithAndWithoutHeader() throws IOException {
    try (Sample sample = Sample.open(SampleReading.resource("book.xlsx"), SampleLimits.DEFAULT)) {
      List<List<String>> rows = SampleReading.named(sample);

      assertThat(rows).hasSize(7);
      assertThat(rows.get(0))
          .containsExactly(
              "证件号码=110101199003077731",
              "姓名=王小明",
              "手机=13800138000",
              "住址=北京市东城区东华门街道1号",
              "邮箱=wang@example.com",
              "生日=1990-03-07",
              "编号=13800138000");
      assertThat(rows.get(6)).startsWith("column 1=31010419851224101X", "column 2=李娜");
      assertThat(sample.parts()).containsExactly(new Report.Part("xlsx", "UTF-8", "none", 1, 7));
    }
  }

  @Test
  void next_archiveOfSeveral_readsEachAndPassesOverPictures() throws IOException {
    try (Sample sample = Sample.open(SampleReading.resource("two.zip"), SampleLimits.DEFAULT)) {
      assertThat(SampleReading.values(sample)).hasSize(15).startsWith(SampleReading.PEOPLE.get(0));

      assertThat(sample.parts())
          .containsExactly(
              new Report.Part("csv", "UTF-8", "zip", 1, 5),
              new Report.Part("json", "UTF-8", "zip", 2, 10),
              new Report.Part("other", "none", "zip", 1, 0));
    }
  }

  @Test
  void next_gzipOfTwoMembers_readsBoth() throws IOException {
    assertThat(SampleReading.values(SampleReading.resource("members.gz"))).hasSize(10);
  }

  @Test
  void next_plainText_givesItsLines() throws IOException {
    List<List<String>> rows = SampleReading.values(SampleReading.resource("notes.txt"));

    assertThat(rows).hasSize(8);
    assertThat(rows.get(0)).containsExactly("今天联系 王小明,身份证110101199003077731,电话 13800138000。");
  }

  @Test
  void next_mysqlDump_readsItsEscapes() throws IOException {
    String dump =
        """
        -- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
        /*!40101 SET NAMES utf8mb4 */;
        DROP TABLE IF EXISTS `t_user`;
        CREATE TABLE `t_user` (
          `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'the key, of (course)',
          `na``me` varchar(64) DEFAULT 'a,b',
          `note` text,
          `price` decimal(10,2) DEFAULT NULL,
          `photo` blob,
          PRIMARY KEY (`id`),
          KEY `k` (`na``me`(10))
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
        LOCK TABLES `t_user` WRITE;
        INSERT INTO `t_user` VALUES (1,'it\\'s \\"x\\"','a\\nb;\\\\',-1.50,NULL),(2,'(b''c)','',1e3,_binary 'z'),
        (3,NULL,"d -- e",0x41,X'4142');
        UNLOCK TABLES;
        INSERT IGNORE INTO `db`.`t_user` (`note`, `id`) VALUES ('w', 4) ON DUPLICATE KEY UPDATE `id` = 9;
        """;

    List<List<String>> rows = SampleReading.named(SampleReading.sample(dump.getBytes(UTF_8)));

    assertThat(rows)
        .containsExactly(
            List.of(
                "t_user.id=1",
                "t_user.na`me=it's \"x\"",
                "t_user.note=a\nb;\\",
                "t_user.price=-1.50"),
            List.of("t_user.id=2", "t_user.na`me=(b'c)", "t_user.price=1e3", "t_user.photo=z"),
            List.of(
                "t_user.id=3", "t_user.note=d -- e", "t_user.price=0x41", "t_user.photo=0x4142"),
            List.of("t_user.note=w", "t_user.id=4"));
  }

  @Test
  void next_sqlServerInserts_readBracketsAndNationalTexts() throws IOException {
    String dump =
        """
        SET IDENTITY_INSERT [dbo].[People] ON
        GO
        INSERT [dbo].[People] ([Id], [Name], [Born]) VALUES (1, N'王''小明', CAST(N'1990-03-07' AS Date))
        INSERT [dbo].[People] ([Id], [Name], [Born]) VALUES (2, N'李娜', NULL)
        GO
        """;

    assertThat(SampleReading.named(SampleReading.sample(dump.getBytes(UTF_8))))
        .containsExactly(
            List.of("People.Id=1", "People.Name=王'小明", "People.Born=1990-03-07"),
            List.of("People.Id=2", "People.Name=李娜"));
  }

  @Test
  void next_nestedAndRepeatedJson_becomesDottedPaths() throws IOException {
    String json =
        """
        {"_id":{"$oid":"5f"},"who":{"name":"王小明","tags":["a","b"]},"tel":[{"no":"1"},{"no":"2"}],"ok":true,"n":1.50,"x":null}
        {"who":{"name":"李娜"},"__other":7}
        """;

    assertThat(SampleReading.named(SampleReading.sample(json.getBytes(UTF_8))))
        .containsExactly(
            List.of(
                "_id.$oid=5f",
                "who.name=王小明",
                "who.tags=a",
                "who.tags=b",
                "tel.no=1",
                "tel.no=2",
                "ok=true",
                "n=1.50"),
            List.of("who.name=李娜", "__other=7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", ",", ";", "|", "\u0001", "----", "~", "#", "$", ":", "，"})
  void next_anyDelimiter_isFound(String delimiter) throws IOException {
    String table =
        String.join(delimiter, "姓名", "手机", "备注")
            + "\n"
            + String.join(delimiter, "王小明", "13800138000", "")
            + "\n"
            + String.join(delimiter, "李娜", "13912345678", "新")
            + "\n";

    assertThat(SampleReading.named(SampleReading.sample(table.getBytes(UTF_8))))
        .containsExactly(
            List.of("姓名=王小明", "手机=13800138000"), List.of("姓名=李娜", "手机=13912345678", "备注=新"));
  }

  @Test
  void next_raggedAndUnquotedRows_keepTheirCells() throws IOException {
    String table =
        "name\tphone\n" + "\"王\t13800138000\n".repeat(20) + "李娜\t13912345678\textra\n赵\n\n";

    assertThat(SampleReading.named(SampleReading.sample(table.getBytes(UTF_8))))
        .hasSize(22)
        .startsWith(List.of("name=\"王", "phone=13800138000"))
        .endsWith(List.of("name=李娜", "phone=13912345678", "column 3=extra"), List.of("name=赵"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"})
  void next_jsonInAnyEncoding_isRead(String charset) throws IOException {
    String json = "[{\"name\":\"王小明\",\"rare\":\"𠮷\"},{\"name\":\"李娜\"}]";

    assertThat(SampleReading.values(SampleReading.sample(json.getBytes(Charset.forName(charset)))))
        .containsExactly(List.of("王小明", "𠮷"), List.of("李娜"));
  }

  @Test
  void next_brokenCharacter_isCountedAndReplaced() throws IOException {
    byte[] text = "{\"name\":\"王小明王小明王小明王小明王小明王小明王小明?\"}\n".getBytes(UTF_8);
    text[text.length - 4] = (byte) 0xff;

    try (Sample sample = SampleReading.sample(text)) {
      assertThat(SampleReading.values(sample))
          .containsExactly(List.of("王小明王小明王小明王小明王小明王小明王小明\ufffd"));
      assertThat(sample.brokenCharacters()).isEqualTo(1);
    }
  }
}

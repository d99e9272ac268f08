package org.strongroom.leak.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.schema.CollectionSpec;

/** Reads samples whole, for tests. */
final class SampleReading {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);

  /** Five people, as the files in the resources have them; what is missing is left out. */
  static final List<List<String>> PEOPLE =
      List.of(
          List.of(
              "110101199003077731",
              "王小明",
              "13800138000",
              "北京市东城区东华门街道1号",
              "wang@example.com",
              "1990-03-07"),
          List.of(
              "31010419851224101X",
              "李娜",
              "13912345678",
              "上海市徐汇区漕溪北路398号 \"A\"座",
              "li.na@example.org",
              "1985-12-24"),
          List.of(
              "440305200002290029",
              "张伟, 大",
              "18600001111",
              "广东省深圳市南山区科苑路15号\n后门",
              "zhang@example.net",
              "2000-02-29"),
          List.of(
              "510104197707010038",
              "刘'芳",
              "15911112222",
              "四川省成都市锦江区春熙路\\1号",
              "liu@example.com",
              "1977-07-01"),
          List.of(
              "650102196606060048",
              "买买提·艾力",
              "17700002222",
              "新疆维吾尔自治区乌鲁木齐市天山区人民路2号",
              "1966-06-06"));

  private SampleReading() {}

  static CollectionSpec residents() {
    return CollectionSpec.parse(
        "residents.yaml", CollectionSpec.builtInYaml("residents"), Map.of(), CLOCK);
  }

  static Path resource(String name) {
    URL url = Objects.requireNonNull(SampleReading.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Sample sample(byte[] content) {
    return Sample.open(new ByteArrayInputStream(content), SampleLimits.DEFAULT);
  }

  static List<List<String>> values(Path path) throws IOException {
    try (Sample sample = Sample.open(path, SampleLimits.DEFAULT)) {
      return values(sample);
    }
  }

  static List<List<String>> values(InputStream in) throws IOException {
    try (Sample sample = Sample.open(in, SampleLimits.DEFAULT)) {
      return values(sample);
    }
  }

  /** The values of each record. */
  static List<List<String>> values(Sample sample) throws IOException {
    return read(sample, false);
  }

  /** The same, each as {@code column=value}. */
  static List<List<String>> named(Sample sample) throws IOException {
    return read(sample, true);
  }

  private static List<List<String>> read(Sample sample, boolean named) throws IOException {
    List<List<String>> out = new ArrayList<>();
    for (@Nullable Rows rows = sample.next(); rows != null; rows = sample.next()) {
      for (int row = 0; row < rows.size(); row++) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < rows.values(row); i++) {
          String name = named ? sample.columns().name(rows.column(row, i)) + "=" : "";
          values.add(name + rows.value(row, i));
        }
        out.add(values);
      }
    }
    return out;
  }
}

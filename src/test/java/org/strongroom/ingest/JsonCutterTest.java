package org.strongroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cutter against a tree parse of the whole document, and its recovery from one broken spot. */
class JsonCutterTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Piece(String text, long line) {}

  private static List<Piece> cut(InputStream in) throws IOException {
    List<Piece> out = new ArrayList<>();
    ByteWindow window = new ByteWindow(in);
    try (JsonCutter cutter = new JsonCutter("x", window, () -> 0, 1 << 20)) {
      for (RawBatch batch = cutter.next(5, 1000); batch != null; batch = cutter.next(5, 1000)) {
        for (int i = 0; i < batch.size(); i++) {
          assertThat(batch.problem(i)).isNull();
          assertThat(batch.place(i).record()).isEqualTo(out.size() + 1L);
          String text = new String(batch.raw(i), java.nio.charset.StandardCharsets.UTF_8);
          out.add(new Piece(text, batch.place(i).line()));
        }
      }
      assertThat(cutter.fileProblems()).isEmpty();
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 64, 1_000_000})
  void cut_randomArrays_givesTheElementsOfATreeParse(int most) throws IOException {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      RandomJson json = new RandomJson(random);
      List<Long> lines = new ArrayList<>();
      String text = json.array(random.nextInt(12), lines);
      JsonNode model = MAPPER.readTree(text);
      List<Piece> pieces = cut(Reading.trickle(Reading.utf8(text), most, random));
      assertThat(pieces).as("seed %s", seed).hasSize(model.size());
      for (int i = 0; i < pieces.size(); i++) {
        assertThat(MAPPER.readTree(pieces.get(i).text())).isEqualTo(model.get(i));
        assertThat(pieces.get(i).line()).isEqualTo(lines.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 64, 1_000_000})
  void cut_randomObjectsOneAfterAnother_givesTheValuesOfASequenceParse(int most)
      throws IOException {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      RandomJson json = new RandomJson(random);
      StringBuilder text = new StringBuilder();
      int count = random.nextInt(8);
      for (int i = 0; i < count; i++) {
        text.append(json.object(3)).append(json.space());
      }
      List<JsonNode> model =
          MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text.toString()).readAll();
      List<Piece> pieces = cut(Reading.trickle(Reading.utf8(text.toString()), most, random));
      assertThat(pieces).hasSameSizeAs(model);
      for (int i = 0; i < pieces.size(); i++) {
        assertThat(MAPPER.readTree(pieces.get(i).text())).isEqualTo(model.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ",\n", "\n,\n  "})
  void cut_oneByteBroken_costsThatElementAlone(String comma) {
    int spared = 0;
    int total = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      int broken = random.nextInt(5);
      StringBuilder text = new StringBuilder("[");
      for (int i = 0; i < 6; i++) {
        String element =
            "{\"id\":\""
                + i
                + "\",\"name\":\"Wáng 芳\",\"phone\":\"138\",\"x\":{\"y\":[1,true,null]}}";
        text.append(i == 0 ? "" : comma).append(i == broken ? damage(element, random) : element);
      }
      Reading reading =
          Reading.of(
              new ByteArrayInputStream(Reading.utf8(text + "]")),
              Reading.columns(),
              Reading.options(Format.JSON));
      List<String> expected = new ArrayList<>(List.of("0", "1", "2", "3", "4", "5"));
      expected.remove(broken);
      List<String> ids = new ArrayList<>(reading.values("id"));
      ids.remove(String.valueOf(broken));
      total++;
      spared += ids.equals(expected) ? 1 : 0;
      // Whatever happens, nothing is made up.
      assertThat(expected).containsAll(ids);
      assertThat(ids).doesNotHaveDuplicates();
    }
    // Some damage is ambiguous: a doubled brace may close the array.
    assertThat(spared).isGreaterThan(total * 99 / 100);
  }

  /** Deletes, doubles or replaces one byte of syntax. */
  private static String damage(String element, Random random) {
    while (true) {
      int at = random.nextInt(element.length());
      char c = element.charAt(at);
      if ("{}[]\":,".indexOf(c) < 0) {
        continue;
      }
      String put =
          switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> "" + c + c;
            default -> "" + "{}[]\":,x".charAt(random.nextInt(8));
          };
      return element.substring(0, at) + put + element.substring(at + 1);
    }
  }

  @Test
  void cut_objectWithoutItsClosingBrace_endsBeforeTheNext() {
    for (String comma : new String[] {",", "\n", ",\n"}) {
      Reading reading =
          Reading.of("[{\"id\":\"1\"},{\"id\":\"2\"" + comma + "{\"id\":\"3\"},{\"id\":\"4\"}]");
      assertThat(reading.values("id")).containsExactly("1", "3", "4");
      assertThat(reading.faults()).containsExactly("truncated@1");
      assertThat(reading.fileProblems()).isEmpty();
    }
  }

  @Test
  void cut_linesAreCountedThroughRecovery() {
    Reading reading = Reading.of("[\n{\"id\":\"1},\n{\"id\":\n\"2\"},\n\n{\"id\":\"3}\n]");
    assertThat(reading.faults()).containsExactly("truncated@2", "truncated@6");
    assertThat(reading.values("id")).containsExactly("2");
    assertThat(reading.all().get(1).place().line()).isEqualTo(3);
  }

  @Test
  void cut_nestedDeeperThanBracketsAreRemembered_endsWithTheElement() {
    String deep = "{\"x\":" + "[{\"x\":".repeat(100) + "1" + "}]".repeat(100) + "}";
    Reading reading = Reading.of("[" + deep + ",{\"id\":\"2\"}]");
    assertThat(reading.faults()).containsExactly("too_deep@1");
    assertThat(reading.values("id")).containsExactly("2");
  }
}

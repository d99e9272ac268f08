package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.strongroom.app.Inside;
import org.strongroom.kernel.Bytes;
import org.strongroom.vault.FindResponse;

/**
 * Bad input: every fault has a clear reason with its line, no message quotes a value, and the vault
 * is as before plus the good records.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int TOO_MANY_BYTES = (16 << 20) + 1;

  /** Just more than an int can count. */
  private static final long TWO_GIB = (2L << 30) + 5;

  private VaultFolder empty;
  private List<Register.Person> people;

  @TempDir private Path folder;
  private Program program;
  private VaultFolder vault;

  @BeforeAll
  void makeVault(@TempDir Path shared) {
    empty = VaultFolder.make(Program.in(shared.resolve("made")), "investigator");
    people = Register.write(shared, "ndjson", 60, "--seed", "3").kept();
  }

  @BeforeEach
  void copyVault() throws IOException {
    // A name that a careless shell or URL would choke on.
    Path odd = Files.createDirectory(folder.resolve("it's a \"vault\" & more"));
    vault = empty.copiedTo(odd);
    program = Program.in(odd).onVault(vault.directory());
  }

  // ---- single records ----------------------------------------------------------------------

  /** An element of an input: a person as they are, or something broken, with our code for it. */
  private record Element(Register.Person person, String code, Bytes bytes) {
    boolean good() {
      return code.isEmpty();
    }
  }

  @Test
  void import_ndjsonWithEveryKindOfBrokenLine_keepsTheRestAndSaysWhy() throws IOException {
    List<Element> elements = jsonElements();
    elements.add(broken("truncated", json(59).toString().substring(0, 100)));
    Path file = write("lines.ndjson", "", "\n", "", elements);
    requireOutcome(file, 1, elements);
  }

  @Test
  void import_jsonArrayWithEveryKindOfBrokenElement_keepsTheRestAndSaysWhy() throws IOException {
    List<Element> elements = jsonElements();
    Path file = write("array.json", "[\n", ",\n", "\n]\n", elements);
    requireOutcome(file, 2, elements);
  }

  private List<Element> jsonElements() {
    List<Element> out = new ArrayList<>();
    Map<String, String> broken = new LinkedHashMap<>();
    broken.put("resident_id.check_digit", json(20).put("resident_id", wrongDigit(20)).toString());
    broken.put("date_of_birth.no_such_day", json(21).put("date_of_birth", "20010230").toString());
    broken.put("date_of_birth.in_future", json(22).put("date_of_birth", "2999-01-01").toString());
    broken.put("phone.not_valid", json(23).put("phone", "+8613800").toString());
    broken.put("nul", json(24).toString().replace("\"name\"", "\"na\0me\""));
    broken.put(
        "too_deep",
        json(25).toString().replace("}", ",\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}"));
    broken.put("duplicate_key", json(26).toString().replace("}", ",\"name\":\"X\"}"));
    broken.put("bad_json", json(27).toString().replaceFirst(":", ";"));
    broken.put("not_an_object", "[" + json(28) + "]");
    broken.put("lone_surrogate", json(29).put("address", "@").toString().replace("@", "\\ud83d"));
    broken.put("too_long", json(30).put("remark", "x".repeat(TOO_MANY_BYTES)).toString());
    int next = 0;
    for (Map.Entry<String, String> each : broken.entrySet()) {
      out.add(good(next++));
      out.add(broken(each.getKey(), each.getValue()));
    }
    out.add(good(next++));
    out.add(element(people.get(31), "broken_utf8", cutCharacter(json(31).toString())));
    out.add(good(next));
    return out;
  }

  @Test
  void import_csvWithEveryKindOfBrokenRow_keepsTheRestAndSaysWhy() throws IOException {
    List<Element> out = new ArrayList<>();
    Map<String, String> broken = new LinkedHashMap<>();
    broken.put("resident_id.check_digit", row(20).replace(id(20), wrongDigit(20)));
    broken.put(
        "date_of_birth.no_such_day", row(21).replaceAll(",\\d{4}-\\d\\d-\\d\\d,", ",2001-02-30,"));
    broken.put(
        "date_of_birth.in_future", row(22).replaceAll(",\\d{4}-\\d\\d-\\d\\d,", ",29990101,"));
    broken.put("phone.not_valid", row(23).replace(people.get(23).phone(), "1380"));
    broken.put("nul", row(24).replaceFirst(",", "\0,"));
    broken.put("cells", row(25) + ",one,more");
    broken.put("bad_quote", row(26).replace(id(26), "\"" + id(26) + "\"x"));
    broken.put("too_long", row(30).replace(id(30), "9".repeat(TOO_MANY_BYTES)));
    int next = 0;
    for (Map.Entry<String, String> each : broken.entrySet()) {
      out.add(goodRow(next++));
      out.add(broken(each.getKey(), each.getValue()));
    }
    out.add(goodRow(next++));
    out.add(element(people.get(31), "broken_utf8", cutCharacter(row(31))));
    out.add(goodRow(next));
    out.add(broken("unclosed_quote", "\"" + row(32).replace("\"", "")));
    Path file =
        write("rows.csv", "resident_id,name,date_of_birth,phone,address\n", "\n", "\n", out);
    requireOutcome(file, 2, out);
  }

  /** A line of over 2 GiB comes through a pipe; a heap of 200 MiB has to do. */
  @ParameterizedTest
  @CsvSource({"ndjson, 2", "json, 3", "csv, 3"})
  void import_lineOfTwoGibibytes_isRejectedAloneInLittleMemory(String format, int line)
      throws Exception {
    boolean csv = format.equals("csv");
    String start =
        switch (format) {
          case "json" -> "[\n" + json(0) + ",\n";
          case "csv" -> "resident_id,name,date_of_birth,phone,address\n" + row(0) + "\n";
          default -> json(0) + "\n";
        };
    String long1 = csv ? "\"" : "{\"name\":\"";
    String long2 = (csv ? "\"" : "\"}") + (format.equals("json") ? ",\n" : "\n");
    String end = (csv ? row(1) : json(1).toString()) + (format.equals("json") ? "\n]\n" : "\n");
    Fifo fifo = Fifo.make(folder.resolve("long." + format));
    Fifo.Feeding feeding =
        fifo.feed(
            out -> {
              out.write(utf8(start + long1));
              repeat(out, TWO_GIB);
              out.write(utf8(long2 + end));
            });
    Program.Ended ended = program.withJvm("-Xmx200m").run(line(fifo.path()));
    feeding.end();
    JsonNode summary = ended.succeeded().json();
    assertThat(summary.get("kept").asInt()).isEqualTo(2);
    assertThat(rejects(fifo.path())).isEqualTo(Map.of(line, "too_long"));
    requireJust(List.of(people.get(0), people.get(1)));
  }

  private static void repeat(OutputStream out, long bytes) throws IOException {
    byte[] chunk = new byte[1 << 16];
    Arrays.fill(chunk, (byte) 'x');
    for (long left = bytes; left > 0; left -= chunk.length) {
      out.write(chunk, 0, (int) Math.min(left, chunk.length));
    }
  }

  // ---- whole files -------------------------------------------------------------------------

  /** A file of which nothing, or only the beginning, can be read. */
  private enum Unreadable {
    EMPTY("is empty", 0),
    BLANK("is empty", 0),
    DIRECTORY("this is a directory", 0),
    MISSING("there is no such file", 0),
    ZIP("a zip file (unpack it first)", 0),
    EXCEL("an Excel workbook (save it as CSV in UTF-8)", 0),
    PNG("a PNG image", 0),
    UTF_16("convert it to UTF-8", 0),
    BINARY("a binary file", 0),
    OTHER_DELIMITER("tried as delimiter: ',' ';' tab '|'", 0),
    HEADLESS("put a header row first", 0),
    FOREIGN_NAMES("--map NAME=field", 0),
    ARRAY_CUT_BETWEEN("the JSON array that starts on line 1 has no end", 3),
    ARRAY_CUT_INSIDE("the JSON array that starts on line 1 has no end", 2),
    GZIP_CUT("the gzip data ends in the middle", 0),
    GZIP_DAMAGED("the gzip data is damaged", 0);

    private final String reason;
    private final int kept;

    Unreadable(String reason, int kept) {
      this.reason = reason;
      this.kept = kept;
    }
  }

  @ParameterizedTest
  @EnumSource(Unreadable.class)
  void import_unreadableFile_saysWhyAndKeepsWhatWasGood(Unreadable kind) throws IOException {
    Path file = folder.resolve("input." + kind);
    String array = "[\n" + json(0) + ",\n" + json(1) + ",\n" + json(2);
    switch (kind) {
      case EMPTY -> Files.createFile(file);
      case BLANK -> Files.writeString(file, "\n \n\t\n");
      case DIRECTORY -> Files.createDirectory(file);
      case MISSING -> {}
      case ZIP -> Files.write(file, zip("people.csv"));
      case EXCEL -> Files.write(file, zip("[Content_Types].xml", "xl/workbook.xml"));
      case PNG -> Files.write(file, bytes("89504e470d0a1a0a0000000d49484452"));
      case UTF_16 -> Files.write(file, json(0).toString().getBytes(StandardCharsets.UTF_16LE));
      case BINARY -> Files.write(file, bytes("0001020304050607"));
      case OTHER_DELIMITER ->
          Files.writeString(file, ("resident_id,name,phone\n" + row(0)).replace(',', '~'));
      case HEADLESS -> Files.writeString(file, row(0) + "\n" + row(1) + "\n");
      case FOREIGN_NAMES -> Files.writeString(file, "{\"aaa\":\"" + id(0) + "\"}\n");
      case ARRAY_CUT_BETWEEN -> Files.writeString(file, array + ",\n");
      case ARRAY_CUT_INSIDE -> Files.writeString(file, array.substring(0, array.length() - 9));
      case GZIP_CUT -> {
        byte[] whole = gzip(json(0) + "\n" + json(1) + "\n");
        Files.write(file, Arrays.copyOf(whole, whole.length - 30));
      }
      case GZIP_DAMAGED -> {
        byte[] whole = gzip(json(0) + "\n" + json(1) + "\n");
        whole[whole.length - 6] ^= 1;
        Files.write(file, whole);
      }
    }
    Program.Ended ended = program.run("import", "--collection", "residents", file.toString());
    ended.failedWith("unreadable_input");
    assertThat(ended.err()).contains(kind.reason);
    requireNoValues(ended.out() + ended.err());
    if (kind == Unreadable.ARRAY_CUT_INSIDE) {
      assertThat(rejects(file)).isEqualTo(Map.of(4, "truncated"));
    }
    if (kind.name().startsWith("GZIP")) {
      return;
    }
    requireJust(people.subList(0, kind.kept));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--collection nobody FILE                             | not_found",
        "--collection ../residents FILE                       | not_found",
        "--collection residents --map resident_id=no_field FILE | bad_request",
        "--collection residents --map no_column=name FILE     | bad_request",
        "--collection residents --map resident_id=name --map name=name FILE | bad_request",
        "--collection residents --delimiter ; FILE            | unreadable_input",
        "--collection residents --delimiter \" FILE           | bad_request",
        "--collection residents --delimiter long FILE         | bad_request",
        "--collection residents --rejects FILE FILE           | bad_request",
        "--collection residents --rejects /no/such/folder/f FILE | bad_request",
        "--collection residents --rejects . FILE              | bad_request"
      })
  void import_wronglyAskedFor_saysWhyAndKeepsNothing(String line, String code) throws IOException {
    Path file = folder.resolve("people.csv");
    String before = "resident_id,name,date_of_birth,phone,address\n" + row(0) + "\n" + row(1);
    Files.writeString(file, before);
    List<String> arguments = new ArrayList<>(List.of("import"));
    for (String argument : line.split(" ", -1)) {
      arguments.add(argument.equals("FILE") ? file.toString() : argument);
    }
    Program.Ended ended = program.run(arguments).failedWith(code);
    requireNoValues(ended.out() + ended.err());
    assertThat(file).hasContent(before);
    requireJust(List.of());
  }

  @Test
  void import_fileThatMayNotBeRead_saysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("private.csv"), "resident_id,name\n");
    assumeThat(file.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(file)).as("root may read everything").isFalse();
    Program.Ended ended = program.run("import", "--collection", "residents", file.toString());
    assertThat(ended.failedWith("unreadable_input").err()).contains("may not be read");
  }

  // ---- what came of it ---------------------------------------------------------------------

  /** Imports a file, and demands its good elements in the vault and its others in the rejects. */
  private void requireOutcome(Path file, int firstLine, List<Element> elements) throws IOException {
    Program.Ended ended = program.run(line(file));
    JsonNode summary = ended.succeeded().json();
    Map<Integer, String> expected = new LinkedHashMap<>();
    List<Register.Person> good = new ArrayList<>();
    int line = firstLine;
    for (Element element : elements) {
      if (element.good()) {
        good.add(element.person());
      } else {
        expected.put(line, element.code());
      }
      line++;
    }
    assertThat(rejects(file)).isEqualTo(expected);
    assertThat(summary.get("kept").asInt()).isEqualTo(good.size());
    assertThat(summary.get("rejected").asInt()).isEqualTo(expected.size());
    assertThat(summary.get("read").asInt()).isEqualTo(elements.size());
    requireNoValues(ended.out() + ended.err() + Files.readString(rejectsOf(file)));
    requireJust(good);
  }

  /** Code by line, from the rejects file. */
  private Map<Integer, String> rejects(Path file) throws IOException {
    Map<Integer, String> out = new LinkedHashMap<>();
    for (String each : Files.readAllLines(rejectsOf(file))) {
      JsonNode reject = JSON.readTree(each);
      assertThat(reject.get("reasons")).as(each).hasSize(1);
      assertThat(reject.get("file").asText()).isEqualTo(file.getFileName().toString());
      out.put(reject.get("line").asInt(), reject.get("reasons").get(0).get("code").asText());
    }
    return out;
  }

  private Path rejectsOf(Path file) {
    return program.folder().resolve(file.getFileName() + ".rejects");
  }

  private void requireNoValues(String said) {
    for (Register.Person person : people) {
      assertThat(said)
          .doesNotContain(person.residentId().substring(0, 17), person.phone().substring(3))
          .doesNotContain(person.value("name"), person.value("address"));
    }
  }

  private void requireJust(List<Register.Person> good) {
    try (Inside inside = vault.inside()) {
      Inventory.requireWholeLog(inside.store());
      assertThat(Inventory.of(inside.store()).subjects()).isEqualTo(good.size());
      assertThat(Inventory.of(inside.store()).records()).isEqualTo(good.size());
      for (Register.Person person : good) {
        List<FindResponse.Found> found =
            inside.find(Map.of("resident_id", person.residentId()), false);
        assertThat(found).hasSize(1);
        assertThat(person.fields()).containsAllEntriesOf(found.get(0).fields());
        assertThat(found.get(0).fields()).containsKeys("resident_id", "name", "phone");
      }
    }
  }

  // ---- inputs ------------------------------------------------------------------------------

  private static List<String> line(Path file) {
    return List.of("import", "--collection", "residents", "--json", file.toString());
  }

  private Path write(String name, String start, String between, String end, List<Element> elements)
      throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(utf8(start));
      for (int i = 0; i < elements.size(); i++) {
        out.write(utf8(i == 0 ? "" : between));
        out.write(elements.get(i).bytes().toArray());
      }
      out.write(utf8(end));
    }
    return file;
  }

  private static Element element(Register.Person person, String code, byte[] bytes) {
    return new Element(person, code, Bytes.owned(bytes));
  }

  private Element good(int person) {
    return element(people.get(person), "", utf8(json(person).toString()));
  }

  private Element goodRow(int person) {
    return element(people.get(person), "", utf8(row(person)));
  }

  private Element broken(String code, String text) {
    return element(people.get(0), code, utf8(text));
  }

  private ObjectNode json(int person) {
    return json(people.get(person));
  }

  private static ObjectNode json(Register.Person person) {
    ObjectNode out = JSON.createObjectNode();
    for (String field : List.of("resident_id", "name", "date_of_birth", "phone", "address")) {
      out.put(field, person.value(field));
    }
    return out;
  }

  private String row(int person) {
    Register.Person it = people.get(person);
    return String.join(
        ",",
        it.residentId(),
        it.value("name"),
        it.value("date_of_birth"),
        it.phone(),
        "\"" + it.value("address").replace("\"", "\"\"") + "\"");
  }

  private String id(int person) {
    return people.get(person).residentId();
  }

  private String wrongDigit(int person) {
    String right = id(person);
    return right.substring(0, 17) + (right.endsWith("1") ? "2" : "1");
  }

  /** The text without the last byte of its first Chinese character. */
  private static byte[] cutCharacter(String text) {
    int at = 0;
    while (text.charAt(at) < 0x80) {
      at++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8(text.substring(0, at)));
    out.write(utf8(text.substring(at, at + 1)), 0, 2);
    out.writeBytes(utf8(text.substring(at + 1)));
    return out.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(utf8("resident_id,name\n"));
      }
    }
    return out.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(utf8(text));
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

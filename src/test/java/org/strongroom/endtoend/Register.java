package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Residents as another program wrote them, {@code foreign_register.py}, which shares nothing with
 * ours: the file, and the truth about each of its records.
 */
record Register(Path file, Path truth, List<String> mapOptions) {
  private static final Path SCRIPT = Path.of("src", "test", "scripts", "foreign_register.py");
  private static final JsonMapper JSON = new JsonMapper();

  /** GB/T 3304: the romanised names of the ethnicities that the script uses. */
  private static final Map<String, String> ETHNICITIES =
      Map.of("汉", "han", "壮", "zhuang", "回", "hui", "满", "man", "苗", "miao");

  /** What we call the script's ways to break a record. */
  private static final Map<String, String> CODES =
      Map.of(
          "id_check_digit", "resident_id.check_digit",
          "id_province", "resident_id.province",
          "id_date", "resident_id.birth_date",
          "id_length", "resident_id.length",
          "id_missing", "resident_id.missing",
          "name_missing", "name.missing",
          "date_impossible", "date_of_birth.no_such_day",
          "date_future", "date_of_birth.in_future",
          "phone_invalid", "phone.not_valid",
          "sex_unknown", "sex.not_listed");

  /**
   * One record.
   *
   * @param n ordinal, from 1
   * @param line where it begins in the file, from 1
   * @param kept whether a vault must keep it
   * @param reason why not, in the script's words
   * @param values what it must then hold, by field
   */
  record Person(
      long n,
      long line,
      boolean kept,
      @Nullable String reason,
      @Nullable String field,
      Map<String, String> values) {
    @JsonCreator
    Person {
      values = values == null ? Map.of() : values;
    }

    String residentId() {
      return value("resident_id");
    }

    String phone() {
      return value("phone");
    }

    String value(String name) {
      String value = values.get(name);
      if (value == null) {
        throw new AssertionError("record " + n + " has no " + name);
      }
      return value;
    }

    /** The record as our collection holds it: the script spells ethnicities in Chinese. */
    Map<String, Object> fields() {
      Map<String, Object> out = new LinkedHashMap<>(values);
      out.computeIfPresent("ethnicity", (name, value) -> ETHNICITIES.get(value));
      return out;
    }

    /** Our code for why it is not kept. */
    String code() {
      String code = CODES.get(reason);
      if (code == null) {
        throw new AssertionError("unknown reason " + reason);
      }
      return code;
    }
  }

  /**
   * Has the script write a register into {@code folder}.
   *
   * @param format csv, json, ndjson or es
   * @param options of the script, such as {@code --broken 0.02}
   */
  static Register write(Path folder, String format, long count, String... options) {
    try {
      Path file = Files.createTempFile(folder, "register-", "." + format);
      Path truth = Path.of(file + ".truth");
      List<String> more = List.of(options);
      List<String> arguments =
          new ArrayList<>(List.of("--format", format, "--count", Long.toString(count)));
      arguments.addAll(List.of("--out", file.toString(), "--truth", truth.toString()));
      arguments.addAll(more);
      script(arguments);
      List<String> columns = new ArrayList<>(List.of("--print-map"));
      int named = more.indexOf("--columns");
      if (named >= 0) {
        columns.addAll(more.subList(named, named + 2));
      }
      List<String> map = new ArrayList<>();
      script(columns).lines().forEach(line -> map.addAll(List.of("--map", line)));
      return new Register(file, truth, map);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as("exit code of %s", SCRIPT).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    return said;
  }

  /** The command line that imports it. */
  List<String> importLine(String... options) {
    List<String> out = new ArrayList<>(List.of("import", "--collection", "residents", "--json"));
    out.addAll(mapOptions);
    out.addAll(List.of(options));
    out.add(file.toString());
    return out;
  }

  /** The truth, record by record; to be closed. */
  @SuppressWarnings("StreamResourceLeak")
  Stream<Person> people() {
    try {
      return Files.lines(truth).map(Register::person);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that must be kept. */
  List<Person> kept() {
    try (Stream<Person> people = people()) {
      return people.filter(Person::kept).toList();
    }
  }

  private static Person person(String line) {
    try {
      return JSON.readValue(line, Person.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

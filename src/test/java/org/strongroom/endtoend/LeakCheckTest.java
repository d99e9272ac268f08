package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples of a register, judged by the program: in the directory, over https, and by curl. Each
 * test takes people of its own, since nearly the same ones are checked only twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LeakCheckTest {
  private static final int RECORDS = 3_000;

  /** People of one sample. */
  private static final int PEOPLE = 400;

  /** How many of the first sample a reader was shown. */
  private static final int SHOWN = 30;

  private static final long SCRATCH_BYTES = 200_000;

  private static final String CANCELLED = "cancelled check ";

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final JsonMapper JSON = new JsonMapper();

  /** Packs a file by tools that are none of ours. */
  private static final String PACK =
      """
      import gzip, shutil, sys, zipfile
      plain = sys.argv[1]
      with zipfile.ZipFile(plain + '.zip', 'w', zipfile.ZIP_DEFLATED) as packed:
          packed.write(plain, 'sample.csv')
      with open(plain, 'rb') as source, gzip.open(plain + '.gz', 'wb') as packed:
          shutil.copyfileobj(source, packed)
      """;

  private Path inputs;
  private Program program;
  private VaultFolder vault;
  private List<String> lines;
  private List<Register.Person> people;
  private Needles needles;

  @BeforeAll
  void makeVault(@TempDir Path folder) throws Exception {
    inputs = Files.createDirectory(folder.resolve("inputs"));
    program = Program.in(folder.resolve("work"));
    vault = VaultFolder.make(program, "investigator", "protection-officer", "clerk", "auditor");
    program = program.onVault(vault.directory());
    Register register = Register.write(inputs, "ndjson", RECORDS);
    lines = Files.readAllLines(register.file());
    people = register.kept();
    assertThat(people).hasSize(RECORDS);
    needles = Needles.of(register, lines, 600);
    program.done(register.importLine());
    String reader =
        program
            .done("user", "add", "the-reader", "--role", "investigator", "--token", "--json")
            .json()
            .get("token")
            .asText();
    try (Served served = Served.start(program)) {
      Everyone.Vault finding = served.finding(reader);
      for (Register.Person person : people.subList(0, SHOWN)) {
        assertThat(finding.find(Map.of("phone", person.phone()))).hasSize(1);
      }
      served.stop();
    }
  }

  @AfterEach
  void requireNoPersonalData() throws IOException {
    assertThat(VaultFolder.files(program.temporary())).isEmpty();
    assertThat(needles.in(VaultFolder.files(program.folder()))).isEmpty();
  }

  // ---- good samples ------------------------------------------------------------------------

  @Test
  void check_copyOfTheRegister_isToldTheSameInTheDirectoryAndOverHttps() throws Exception {
    Path sample = packed(csv("first.csv", 0, GB18030), ".zip");
    String sha256 = sha256(sample);
    Path folder = program.folder().resolve("report");
    Program investigator = as("investigator");

    JsonNode report =
        investigator
            .done("leak", "check", sample.toString(), "--report", folder.toString(), "--json")
            .json();
    requireCopy(report, sha256);
    assertThat(report.at("/sample/parts/0/encoding").asText()).isEqualTo("GB18030");
    assertThat(report.at("/sample/parts/0/packed").asText()).isEqualTo("zip");
    assertThat(report.at("/sources/conclusion").asText()).isEqualTo("likely");
    assertThat(report.at("/sources/ranked/0/name").asText()).isEqualTo("the-reader");
    assertThat(folder).isDirectoryContaining(it -> it.endsWith("report.json"));
    for (String name : List.of("report.html", "notice.html", "counts.csv")) {
      assertThat(folder.resolve(name)).isNotEmptyFile();
    }
    String written = Files.readString(folder.resolve("report.json"));
    requireGenuine(folder.resolve("report.json"));

    String id = report.at("/check/id").asText();
    requireShown(id);
    assertThat(program.done("verify").out()).startsWith("no faults: ");

    try (Served served = Served.start(program)) {
      Curl curl = curl(served, "investigator");
      assertThat(findings(checked(curl, sample))).isEqualTo(findings(written));
      Program client = served.client(investigator);
      assertThat(findings(client.done("leak", "check", sample.toString(), "--json").out()))
          .isEqualTo(findings(written));
      assertThat(kept(served)).contains(id);
      assertThat(outcomes(served, "leak"))
          .filteredOn(it -> it.contains(id) && !it.startsWith("shown "))
          .singleElement()
          .asString()
          .startsWith("checked " + id + ": sample " + sha256);

      Path other = packed(ndjson("second.ndjson", PEOPLE), ".gz");
      requireCopy(JSON.readTree(checked(curl, other)).get("report"), sha256(other));
      requireDenied(served, id, other);
      served.stop();
    }
  }

  /** Each record is ours, and each column is taken for what it is. */
  private static void requireCopy(JsonNode report, String sha256) {
    assertThat(report.at("/sample/sha256").asText()).isEqualTo(sha256);
    for (String count : List.of("/records", "/matched", "/subjects", "/genuine/records")) {
      assertThat(report.at(count).asInt()).as(count).isEqualTo(PEOPLE);
    }
    assertThat(report.at("/verdict/code").asText()).isEqualTo("copy");
    assertThat(report.at("/affected/subjects").asInt()).isEqualTo(PEOPLE);
    Map<String, String> fields = new TreeMap<>();
    for (JsonNode column : report.get("mapping")) {
      fields.put(column.get("column").asText(), column.path("field").asText());
    }
    assertThat(fields)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("no", "resident_id", "who", "name", "reach_at", "phone", "lives", "address"));
  }

  /** The findings as they stand in a report, byte for byte. */
  private static String findings(String report) {
    int from = report.indexOf("{\"format\":");
    int to = report.indexOf(",\"check\":{");
    assertThat(from).as(report).isNotNegative();
    assertThat(to).as(report).isGreaterThan(from);
    return report.substring(from, to);
  }

  /** Streams a sample by curl; the last line of the answer. */
  private static String checked(Curl curl, Path sample) {
    Curl.Reply reply =
        curl.with("-H", "Expect:", "-X", "POST", "--upload-file", sample.toString())
            .get("/v1/leak-checks")
            .good();
    List<String> said = reply.text().lines().toList();
    return said.get(said.size() - 1);
  }

  private void requireGenuine(Path report) throws IOException {
    Path trust = program.folder().resolve("trust");
    Files.writeString(trust, program.done("audit", "witnesses", "show").out());
    List<String> line = List.of("leak", "verify", report.toString(), "--key", trust.toString());
    assertThat(program.done(line).out()).startsWith("genuine: check ");
    Path altered = program.folder().resolve("altered.json");
    List<String> other = List.of("leak", "verify", altered.toString(), "--key", trust.toString());
    String text = Files.readString(report);
    Files.writeString(altered, text.replace("\"matched\":" + PEOPLE, "\"matched\":401"));
    assertThat(altered).content().isNotEqualTo(text);
    program.run(other).failedWith("invalid_proof");
  }

  /** To the investigator the report, to the protection officer whom it concerns. */
  private void requireShown(String check) {
    assertThat(as("investigator").done("leak", "list").out()).contains(check);
    assertThat(as("investigator").done("leak", "show", check).out())
        .startsWith("A copy of this vault taken ")
        .contains(check);
    List<String> affected =
        as("protection-officer").done("leak", "affected", check).out().lines().toList();
    assertThat(affected).hasSize(PEOPLE + 1);
    assertThat(affected.subList(0, PEOPLE))
        .allMatch(it -> it.matches("[0-9a-f]{32}(  [a-z_]+ \\((ordinary|sensitive)\\))+"))
        .doesNotHaveDuplicates();
  }

  /** To the investigator nobody is named, and to a clerk nothing is told at all. */
  private void requireDenied(Served served, String check, Path sample) {
    String path = "/v1/leak-checks/" + check;
    curl(served, "investigator").get(path + "/affected").refused("denied");
    Curl clerk = curl(served, "clerk");
    for (String one : List.of("/v1/leak-checks", path, path + "/affected", path + "/notice")) {
      clerk.get(one).refused("denied");
    }
    served.client(as("clerk")).run("leak", "check", sample.toString()).failedWith("denied");
  }

  // ---- samples of which nothing is told ----------------------------------------------------

  /** Samples that cannot be read, with what is said of them. */
  private enum Unreadable {
    EMPTY(true, "the file is empty"),
    BLANK(false, "the sample holds no records"),
    NAMES_ALONE(false, "the sample holds no records"),
    GZIP_CUT(true, "the gzip data ends in the middle"),
    ZIP_ENCRYPTED(false, "the zip file is encrypted; unpack it with its password first"),
    BOMB(true, "as zip bombs do"),
    ONE_LINE(true, "a value or line is longer than 16,777,216 characters"),
    BINARY(false, "this is binary data"),
    FOLDER(true, "there is no file to read in it"),
    MISSING(true, "there is no such file");

    /** Whether the program is given it by its name, too, and not by curl alone. */
    private final boolean byName;

    private final String reason;

    Unreadable(boolean byName, String reason) {
      this.byName = byName;
      this.reason = reason;
    }
  }

  @Test
  void check_sampleThatCannotBeJudged_saysWhyAndKeepsNothing() throws Exception {
    for (Unreadable kind : Unreadable.values()) {
      Path sample = write(kind);
      if (kind.byName) {
        Program.Ended ended = as("investigator").run("leak", "check", sample.toString());
        assertThat(ended.failedWith("unreadable_input").err()).contains(kind.reason);
        assertThat(ended.err().lines()).as("%s", kind).hasSize(1);
        assertThat(ended.out()).isEmpty();
        assertThat(VaultFolder.files(program.temporary())).isEmpty();
      }
    }
    Path small = Files.write(inputs.resolve("small.ndjson"), lines.subList(2900, 2950));
    Path folder = program.folder().resolve("no-report");
    as("investigator")
        .run("leak", "check", small.toString(), "--report", folder.toString())
        .failedWith("sample_too_small");
    assertThat(folder).doesNotExist();
    try (Served served = Served.start(program)) {
      for (Unreadable kind : Unreadable.values()) {
        Path sample = inputs.resolve("input." + kind);
        if (Files.isRegularFile(sample)) {
          JsonNode error =
              JSON.readTree(checked(curl(served, "investigator"), sample)).get("error");
          assertThat(error.get("code").asText()).as("%s", kind).isEqualTo("unreadable_input");
          assertThat(error.get("detail").asText()).contains(kind.reason);
        }
      }
      assertThat(outcomes(served, "denial")).contains("sample_too_small");
      requireNothingKeptOf(served, "failed (unreadable_input) check ");
      served.stop();
    }
  }

  /** Checks that ended so are in the log, and nowhere else. */
  private void requireNothingKeptOf(Served served, String how) {
    List<String> ended =
        outcomes(served, "leak").stream()
            .filter(it -> it.startsWith(how))
            .map(it -> it.substring(how.length()).split(":", 2)[0])
            .toList();
    assertThat(ended).isNotEmpty();
    assertThat(kept(served)).doesNotContainAnyElementsOf(ended);
    List<String> checked =
        outcomes(served, "leak").stream().filter(it -> it.startsWith("checked ")).toList();
    assertThat(kept(served)).hasSameSizeAs(checked);
  }

  /** The ids of the checks that are kept. */
  private List<String> kept(Served served) {
    List<String> out = new ArrayList<>();
    JsonNode listed = curl(served, "investigator").get("/v1/leak-checks").good().json();
    listed.get("checks").forEach(check -> out.add(check.get("id").asText()));
    return out;
  }

  /** What the entries of a kind say came of it. */
  private List<String> outcomes(Served served, String kind) {
    String path = "/v1/audit/entries?limit=1000&kind=" + kind;
    List<String> out = new ArrayList<>();
    for (String line : curl(served, "auditor").get(path).good().text().lines().toList()) {
      JsonNode outcome = Curl.parse(line).at("/entry/outcome");
      if (outcome.isTextual()) {
        out.add(outcome.asText());
      }
    }
    return out;
  }

  private Path write(Unreadable kind) throws Exception {
    Path file = inputs.resolve("input." + kind);
    switch (kind) {
      case EMPTY -> Files.createFile(file);
      case BLANK -> Files.writeString(file, "\n \n\t\n");
      case NAMES_ALONE -> Files.writeString(file, "no,who,reach_at\n");
      case GZIP_CUT -> {
        byte[] whole = Files.readAllBytes(packed(csv("cut.csv", 0, GB18030), ".gz"));
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      }
      case ZIP_ENCRYPTED -> {
        byte[] whole = Files.readAllBytes(packed(csv("locked.csv", 0, GB18030), ".zip"));
        // Bit 0 of the flags, in the entry's own header and in that of the directory.
        whole[6] |= 1;
        whole[indexOf(whole, 0x02014b50) + 8] |= 1;
        Files.write(file, whole);
      }
      case BOMB -> {
        Path zeros = Files.writeString(inputs.resolve("zeros"), "0".repeat(64 << 20));
        Files.copy(packed(packed(zeros, ".gz"), ".gz"), file);
        Files.delete(zeros);
      }
      case ONE_LINE -> {
        byte[] text = new byte[20 << 20];
        Arrays.fill(text, (byte) 'x');
        Files.write(file, text);
      }
      case BINARY -> {
        byte[] noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);
        Files.write(file, noise);
      }
      case FOLDER -> Files.createDirectory(file);
      case MISSING -> {}
    }
    return file;
  }

  private static int indexOf(byte[] bytes, int word) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (buffer.getInt(at) != word) {
      at++;
    }
    return at;
  }

  @Test
  void check_withoutASample_isAUsageError() {
    Program.Ended ended = program.run("leak", "check");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("'SAMPLE'", "Usage: strongroom leak check");
  }

  // ---- cancelled ---------------------------------------------------------------------------

  @Test
  void check_interrupted_endsAndKeepsNothingButAnEntry() throws Exception {
    Fifo fifo = Fifo.make(inputs.resolve("endless.ndjson"));
    fifo.feed(this::writeForEver);
    Program.Running here =
        as("investigator").interruptible().start("leak", "check", fifo.path().toString());
    awaitScratch(here, here);
    interrupt(here);
    assertThat(VaultFolder.files(program.temporary())).isEmpty();
    try (Served served = Served.start(program)) {
      requireNothingKeptOf(served, CANCELLED);
      Fifo other = Fifo.make(inputs.resolve("other.ndjson"));
      other.feed(this::writeForEver);
      Program client = served.client(as("investigator"));
      Program.Running there =
          client.interruptible().start("leak", "check", other.path().toString());
      awaitScratch(there, served.running());
      interrupt(there);
      Awaitility.await()
          .atMost(Program.PATIENCE)
          .until(
              () ->
                  outcomes(served, "leak").stream().filter(it -> it.startsWith(CANCELLED)).count()
                      == 2);
      requireNothingKeptOf(served, CANCELLED);
      served.stop();
    }
  }

  /** Waits until a check has written much to its scratch files, and looks into them. */
  private void awaitScratch(Program.Running asking, Program.Running checking) throws IOException {
    Awaitility.await()
        .atMost(Program.PATIENCE)
        .until(() -> !asking.process().isAlive() || scratchBytes(checking) > SCRATCH_BYTES);
    assertThat(asking.process().isAlive()).as("checks; it said %s", asking.err()).isTrue();
    assertThat(needles.in(scratch(checking))).isEmpty();
  }

  private static void interrupt(Program.Running running) {
    running.signal("INT");
    Program.Ended ended = running.end();
    assertThat(ended.exit()).isEqualTo(128 + 2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().strip())
        .isEqualTo("error (cancelled): the check was cancelled; nothing of it is kept");
  }

  private void writeForEver(OutputStream out) throws IOException {
    byte[] all = String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8);
    while (true) {
      out.write(all);
    }
  }

  /** The files without a name that a process has open. */
  private static List<Path> scratch(Program.Running running) throws IOException {
    Path open = Path.of("/proc/" + running.process().pid() + "/fd");
    List<Path> out = new ArrayList<>();
    try (Stream<Path> all = Files.list(open)) {
      for (Path each : all.toList()) {
        if (Files.readSymbolicLink(each).toString().contains(".scratch")) {
          out.add(each);
        }
      }
    }
    return out;
  }

  private static long scratchBytes(Program.Running running) {
    long sum = 0;
    try {
      for (Path each : scratch(running)) {
        sum += Files.size(each);
      }
    } catch (IOException e) {
      // It opens and closes files while we look.
      return -1;
    }
    return sum;
  }

  // ---- samples -----------------------------------------------------------------------------

  private Program as(String role) {
    return program.withToken(vault.token(role));
  }

  private Curl curl(Served served, String role) {
    return Curl.to(served).withToken(vault.token(role));
  }

  /** People of the register under names of columns that are nobody's. */
  private Path csv(String name, int from, Charset charset) throws IOException {
    StringBuilder out = new StringBuilder("reach_at,lives,who,no\n");
    for (String line : lines.subList(from, from + PEOPLE)) {
      JsonNode row = JSON.readTree(line);
      out.append(row.get("SJHM").asText()).append(',');
      out.append('"').append(row.get("ZZ").asText().replace("\"", "\"\"")).append("\",");
      out.append(row.get("XM").asText()).append(',').append(row.get("ZJHM").asText()).append('\n');
    }
    return Files.writeString(inputs.resolve(name), out, charset);
  }

  private Path ndjson(String name, int from) throws IOException {
    List<String> out = new ArrayList<>();
    for (String line : lines.subList(from, from + PEOPLE)) {
      JsonNode row = JSON.readTree(line);
      out.add(
          JSON.createObjectNode()
              .put("reach_at", row.get("SJHM").asText())
              .put("lives", row.get("ZZ").asText())
              .put("who", row.get("XM").asText())
              .put("no", row.get("ZJHM").asText())
              .toString());
    }
    return Files.write(inputs.resolve(name), out);
  }

  private static Path packed(Path plain, String how) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("python3", "-c", PACK, plain.toString()).inheritIO().start().waitFor();
    assertThat(exit).isZero();
    return Path.of(plain + how);
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}

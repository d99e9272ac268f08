package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/**
 * Personal data, passwords, tokens and keys lie in no file that the program leaves behind, in no
 * encoding: vault, rejects file, logs and temporary files, while it runs and when it has ended.
 */
final class NoPlaintextTest {
  private static final int RECORDS = 8_000;
  private static final int SAMPLED = 1_000;
  private static final int MANY_BYTES = 500_000;
  private static final String PASSWORD = "Tulip-Anchor-Molten-42";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private Path inputs;
  private Program program;
  private VaultFolder vault;

  @BeforeEach
  void makeVault() throws IOException {
    inputs = Files.createDirectory(folder.resolve("inputs"));
    program = Program.in(folder.resolve("work"));
    vault = VaultFolder.make(program, "investigator", "clerk", "protection-officer");
    program = program.onVault(vault.directory());
  }

  @Test
  void files_afterEverythingThatAVaultIsFor_holdNoPlaintext() throws Exception {
    Register register = Register.write(inputs, "ndjson", RECORDS, "--broken", "0.1");
    byte[] photo = photo();
    List<String> lines = withPhoto(register, photo);
    Needles needles = Needles.of(register, lines, SAMPLED);
    needles.add(Arrays.copyOfRange(photo, photo.length / 2, photo.length / 2 + 48), "photo");
    secrets(needles);
    assertThat(needles.size()).isGreaterThan(SAMPLED * 4 * Disguise.values().length);
    forgetWhatWasPrinted();

    importWithALookInside(register, lines, needles);
    register.kept().subList(0, 3).forEach(person -> find(person).forgotten().succeeded());
    Path shown = show(register.kept().get(0));
    assertThat(Files.readAllBytes(shown))
        .containsSequence(Arrays.copyOfRange(photo, photo.length / 2, photo.length / 2 + 48));
    denials(register);
    mistakes(register, lines);
    passwords();
    served(register, needles);

    assertThat(needles.in(files())).isEmpty();
    assertThat(needles.in(List.of(rows()))).isEmpty();
  }

  // ---- what is looked for ------------------------------------------------------------------

  private void secrets(Needles needles) throws IOException {
    vault.tokens().forEach((role, token) -> needles.addAll(token.substring(4), role + "'s token"));
    needles.addAll(vault.enrolmentCode(), "enrolment code");
    needles.addAll(vault.enrolmentCode().replace("-", ""), "enrolment code");
    needles.addAll(PASSWORD, "password");
    for (JsonNode key : JSON.readTree(vault.key().toFile()).get("key")) {
      String text = key.get("keyData").get("value").asText();
      // A protocol buffer that ends in the key.
      byte[] bytes = Base64.getDecoder().decode(text);
      byte[] raw = Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
      needles.add(raw, "key-encryption key");
      needles.addAll(text, "key-encryption key in Base64");
      needles.addAll(java.util.HexFormat.of().formatHex(raw), "key-encryption key in hex");
    }
  }

  private static byte[] photo() throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(11);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  /** The lines of the register; the first person who is kept has a photo. */
  private static List<String> withPhoto(Register register, byte[] photo) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(register.file()));
    int first = (int) register.kept().get(0).n() - 1;
    ObjectNode row = (ObjectNode) JSON.readTree(lines.get(first));
    row.put("photo", "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(photo));
    lines.set(first, row.toString());
    return lines;
  }

  // ---- where it is looked for --------------------------------------------------------------

  /** All that the program wrote, but for the key file. */
  private List<Path> files() {
    List<Path> files = new ArrayList<>(VaultFolder.files(program.folder()));
    assertThat(files.remove(vault.key())).isTrue();
    assertThat(files.stream().map(it -> it.getFileName().toString()))
        .anyMatch(it -> it.endsWith(".rejects"))
        .anyMatch(it -> it.endsWith(".err"))
        .anyMatch(it -> it.endsWith(".sst") || it.endsWith(".log"));
    return files;
  }

  /** All rows in a file: in those of the store they are compressed, which could hide something. */
  private Path rows() throws IOException {
    Path rows = folder.resolve("rows");
    try (RocksStore store = RocksStore.open(vault.directory().resolve("store"));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(rows))) {
      for (Table table : Table.values()) {
        try (Store.Cursor cursor = store.scan(table, new byte[0])) {
          while (cursor.next()) {
            out.write(cursor.key());
            out.write(cursor.value());
          }
        }
      }
    }
    assertThat(rows).isNotEmptyFile();
    return rows;
  }

  /** Codes and tokens are printed on purpose, once. */
  private void forgetWhatWasPrinted() throws IOException {
    for (Path file : VaultFolder.files(program.folder().resolve("logs"))) {
      if (file.toString().endsWith(".out")) {
        Files.delete(file);
      }
    }
  }

  // ---- what a vault is for -----------------------------------------------------------------

  /** Imports through a pipe that stops half-way, and looks at the files meanwhile. */
  private void importWithALookInside(Register register, List<String> lines, Needles needles)
      throws Exception {
    Fifo fifo = Fifo.make(inputs.resolve("register.ndjson"));
    CountDownLatch looked = new CountDownLatch(1);
    Fifo.Feeding feeding =
        fifo.feed(
            out -> {
              byte[] all = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
              out.write(all, 0, all.length * 9 / 10);
              out.flush();
              looked.await();
              out.write(all, all.length * 9 / 10, all.length - all.length * 9 / 10);
            });
    long before = vault.bytes();
    Register piped = new Register(fifo.path(), register.truth(), register.mapOptions());
    Program.Running running = program.start(piped.importLine());
    Awaitility.await()
        .atMost(Program.PATIENCE)
        .until(() -> vault.bytes() > before + MANY_BYTES || !running.process().isAlive());
    assertThat(running.process().isAlive()).as("imports; it said %s", running.err()).isTrue();
    assertThat(needles.in(VaultFolder.files(vault.directory()))).isEmpty();
    assertThat(needles.in(VaultFolder.files(program.temporary()))).isEmpty();
    looked.countDown();
    JsonNode summary = running.end().succeeded().json();
    feeding.end();
    assertThat(summary.get("kept").asInt()).isEqualTo(register.kept().size());
    assertThat(summary.get("rejected").asInt()).isGreaterThanOrEqualTo(SAMPLED / 4);
    Path rejects = program.folder().resolve("register.ndjson.rejects");
    program
        .withToken(vault.token("protection-officer"))
        .done("rejects", rejects.toString())
        .forgotten();
  }

  private Program.Ended find(Register.Person person) {
    Program.Ended found =
        program
            .withToken(vault.token("investigator"))
            .typing(person.phone() + "\n")
            .run(
                "find",
                "--collection",
                "residents",
                "--where",
                "phone=-",
                "--purpose",
                "serious-crime",
                "--reason",
                "sampled",
                "--json");
    // What is looked for is what would be there.
    assertThat(found.out()).contains(person.residentId(), person.value("name"));
    return found;
  }

  private Path show(Register.Person person) {
    String subject = find(person).forgotten().json().get("matches").get(0).get("subject").asText();
    Path to = inputs.resolve("shown.jpeg");
    program
        .withToken(vault.token("investigator"))
        .done(
            "photo",
            "--collection",
            "residents",
            "--subject",
            subject,
            "--purpose",
            "serious-crime",
            "--reason",
            "sampled",
            "--out",
            to.toString());
    return to;
  }

  private void denials(Register register) {
    Register.Person person = register.kept().get(1);
    List<String> question =
        List.of(
            "find",
            "--collection",
            "residents",
            "--where",
            "phone=" + person.phone(),
            "--purpose",
            "serious-crime",
            "--reason",
            "sampled");
    Program.Ended denied = program.withToken(vault.token("clerk")).run(question);
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.err()).contains("refused (");
    program.run(question).failedWith("not_authenticated");
    program.withToken(vault.token("clerk") + "x").run(question).failedWith("not_authenticated");
  }

  /** Inputs and questions whose error messages could quote them. */
  private void mistakes(Register register, List<String> lines) throws IOException {
    Register.Person person = register.kept().get(2);
    Program investigator = program.withToken(vault.token("investigator"));
    for (String where :
        List.of(
            "resident_id=" + person.residentId().substring(0, 17),
            "phone=" + person.phone() + "00",
            "name=" + person.value("name"),
            person.value("name") + "=" + person.phone())) {
      Program.Ended failed =
          investigator.run(
              "find",
              "--collection",
              "residents",
              "--where",
              where,
              "--purpose",
              "serious-crime",
              "--reason",
              "sampled");
      assertThat(failed.exit()).as(where).isEqualTo(1);
    }
    Path headless = inputs.resolve("headless.csv");
    StringBuilder rows = new StringBuilder();
    for (Register.Person each : register.kept().subList(0, 100)) {
      rows.append(String.join(",", each.values().values().stream().limit(5).toList()));
      rows.append('\n');
    }
    Files.writeString(headless, rows);
    program
        .run("import", "--collection", "residents", headless.toString())
        .failedWith("unreadable_input");
    Path cut = inputs.resolve("cut.ndjson");
    String whole = String.join("\n", lines.subList(0, 50));
    Files.writeString(cut, whole.substring(0, whole.length() - 60) + "\n\"" + person.phone());
    Register damaged = new Register(cut, register.truth(), register.mapOptions());
    assertThat(program.run(damaged.importLine()).json().get("rejected").asInt()).isPositive();
  }

  private void passwords() {
    program.typing(vault.enrolmentCode() + "\n" + PASSWORD + "\n").done("enrol", "anna");
    program.typing(PASSWORD + "\n").done("user", "password", "the-clerk");
    assertThat(program.typing("wrong-" + PASSWORD + "\n").run("sign-in", "anna").exit())
        .isEqualTo(1);
    program.typing(PASSWORD + "\n").done("sign-in", "anna").forgotten();
    program.done("user", "list");
  }

  /** Answers over https, and looks at the files meanwhile. */
  private void served(Register register, Needles needles) throws Exception {
    Register.Person person = register.kept().get(4);
    try (Served served = Served.start(program)) {
      assertThat(served.finding(vault.token("investigator")).find(Map.of("phone", person.phone())))
          .hasSize(1);
      Program client = served.client(program).typing(person.residentId() + "\n");
      List<String> question =
          List.of(
              "find",
              "--collection",
              "residents",
              "--where",
              "resident_id=-",
              "--purpose",
              "serious-crime",
              "--reason",
              "sampled");
      assertThat(client.withToken(vault.token("clerk")).run(question).exit()).isEqualTo(1);
      client.withToken(vault.token("clerk") + "x").run(question).failedWith("not_authenticated");
      assertThat(needles.in(files())).isEmpty();
      served.stop();
    }
  }
}

package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.kernel.Bytes;
import org.strongroom.translog.PlainNote;
import org.strongroom.translog.SlowTree;

/**
 * The log as other people's programs get it: by {@code curl}, from a file server that knows nothing
 * of it, read by the specifications alone, and proved where there is no vault.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuditLogTest {
  private static final int DENIALS = 300;

  private Path folder;
  private Program program;
  private VaultFolder vault;
  private VaultFolder other;
  private VaultFolder copy;
  private Path exported;
  private String policy;
  private long disclosure;
  private Path proof;

  /** A log of more than one tile, exported and with a proof taken while it was served. */
  @BeforeAll
  void makeLog(@TempDir Path shared) throws Exception {
    folder = shared;
    Program plain = Program.in(folder.resolve("work"));
    vault = VaultFolder.make(plain, "investigator", "clerk");
    other = VaultFolder.make(Program.in(folder.resolve("other")));
    program = plain.onVault(vault.directory());
    Register register = Register.write(folder, "csv", 20);
    program.done(register.importLine());
    exported = folder.resolve("exported");
    proof = folder.resolve("mine.tlog-proof");
    try (Served served = Served.start(program)) {
      Curl.Reply denied = clerk(served).get("/v1/audit/entries/[1-" + DENIALS + "]");
      assertThat(denied.status()).isEqualTo(403);
      disclosure =
          Curl.to(served)
              .withToken(vault.token("investigator"))
              .find(register.kept().get(0).phone())
              .good()
              .json()
              .at("/receipt/index")
              .asLong();
      policy = clerk(served).get("/v1/audit/witnesses").good().json().get("policy").asText();
      Program client = served.client(plain).withToken(vault.token("clerk"));
      client.done("audit", "proof", "" + disclosure, "--out", proof.toString());
      client.done("audit", "export", exported.toString());
      served.stop();
    }
    copy = vault.copiedTo(Files.createDirectories(folder.resolve("copy")));
  }

  private Curl clerk(Served served) {
    return Curl.to(served).withToken(vault.token("clerk"));
  }

  private String key() {
    return policy.lines().findFirst().orElseThrow().substring("log ".length());
  }

  @Test
  void publicLog_askedWithoutAToken_showsTheLogAndNothingElse() throws Exception {
    try (Served served = Served.start(program, "--public-log")) {
      Curl nobody = Curl.to(served);
      Curl.Reply checkpoint = nobody.get("/v1/audit/checkpoint").good();
      assertThat(checkpoint.head()).containsPattern("(?i)Content-Type: text/plain; ?charset=utf-8");
      PlainNote note = PlainNote.read(checkpoint.body().toArray());
      assertThat(note.verified(key())).hasSize(1);
      long size = requireLog(path -> nobody.get("/v1/audit/" + path).good().body().toArray());
      assertThat(size).isEqualTo(Long.parseLong(note.line(1))).isGreaterThan(DENIALS);

      Curl.Reply tile = nobody.get("/v1/audit/tile/0/000").good();
      assertThat(tile.head())
          .containsIgnoringCase("Content-Type: application/octet-stream")
          .containsIgnoringCase("Cache-Control: public, max-age=31536000, immutable");
      Curl.Reply zipped =
          nobody.with("-H", "Accept-Encoding: gzip").get("/v1/audit/tile/entries/000").good();
      assertThat(zipped.head()).containsIgnoringCase("Content-Encoding: gzip");
      assertThat(zipped.body())
          .isNotEqualTo(nobody.get("/v1/audit/tile/entries/000").good().body());
      nobody.get("/v1/audit/proof/" + disclosure).good();

      nobody.get("/v1/audit/proof/" + size).refused("not_found");
      nobody.get("/v1/audit/tile/0/009").refused("not_found");
      nobody.get("/v1/audit/tile/0/000.p/0").refused("not_found");
      nobody.find("13800000000").refused("not_authenticated");
      nobody.get("/v1/audit/entries").refused("not_authenticated");
      nobody.get("/v1/audit/entries/" + disclosure).refused("not_authenticated");
      nobody.get("/v1/audit/witnesses").refused("not_authenticated");
      served.client(Program.in(folder.resolve("nobody"))).done("audit", "checkpoint");
      served.stop();
    }
  }

  @Test
  void log_servedWithoutBeingPublic_takesAToken() {
    try (Served served = Served.start(program)) {
      for (String path :
          List.of("checkpoint", "tile/0/000", "tile/entries/000", "proof/" + disclosure)) {
        Curl.to(served).get("/v1/audit/" + path).refused("not_authenticated");
        assertThat(clerk(served).get("/v1/audit/" + path).good().head())
            .doesNotContain("Cache-Control: public");
      }
      served
          .client(Program.in(folder.resolve("nobody")))
          .run("audit", "checkpoint")
          .failedWith("not_authenticated");
      served.stop();
    }
  }

  @Test
  void export_servedByAnyFileServer_isTheLogByItsSpecifications() throws Exception {
    Process python =
        new ProcessBuilder(
                List.of(
                    "python3",
                    "-u",
                    "-m",
                    "http.server",
                    "0",
                    "--bind",
                    "127.0.0.1",
                    "--directory",
                    exported.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String said = python.inputReader().readLine();
      String port = said.replaceFirst(".* port ([0-9]+) .*", "$1");
      Curl files = new Curl("http://127.0.0.1:" + port, List.of());
      long size = requireLog(path -> files.get("/" + path).good().body().toArray());
      assertThat(size).isGreaterThan(disclosure);
    } finally {
      python.destroy();
      python.waitFor();
    }
  }

  @Test
  void export_fromTheDirectoryAndAgain_isTheSameAndWritesOnlyWhatIsNew() throws Exception {
    Program onCopy = Program.in(folder.resolve("work2")).onVault(copy.directory());
    Path again = folder.resolve("again");
    JsonNode first = onCopy.done("audit", "export", again.toString(), "--json").json();
    assertThat(first.get("kept").asLong()).isZero();
    assertThat(contents(again)).isEqualTo(contents(exported));
    assertThat(contents(again)).containsKeys("checkpoint", "tile/0/000", "tile/entries/000");

    Map<String, FileTime> before = times(again);
    onCopy.done("user", "add", "somebody", "--role", "clerk");
    JsonNode second = onCopy.done("audit", "export", again.toString(), "--json").json();
    assertThat(second.get("size").asLong()).isGreaterThan(first.get("size").asLong());
    Map<String, FileTime> after = times(again);
    List<String> fresh = new ArrayList<>(after.keySet());
    fresh.removeIf(file -> Objects.equals(after.get(file), before.get(file)));
    assertThat(fresh).hasSize((int) second.get("written").asLong() + 1).contains("checkpoint");
    assertThat(fresh).noneMatch(file -> before.containsKey(file) && !file.equals("checkpoint"));
    assertThat(second.get("kept").asLong()).isGreaterThanOrEqualTo(2);
    requireLog(path -> Files.readAllBytes(again.resolve(path)));

    Program.in(folder.resolve("other"))
        .onVault(other.directory())
        .run("audit", "export", again.toString())
        .failedWith("conflict");
    assertThat(times(again)).isEqualTo(after);

    String edge =
        fresh.stream().filter(file -> file.startsWith("tile/0/")).findFirst().orElseThrow();
    byte[] whole = Files.readAllBytes(again.resolve(edge));
    Files.write(again.resolve(edge), Arrays.copyOf(whole, whole.length - 1));
    Program.Ended cut = onCopy.run("audit", "export", again.toString()).failedWith("corrupt");
    assertThat(cut.err()).contains(edge, "export into a new folder");
  }

  @Test
  void proof_checkedWhereThereIsNoVault_holdsUnderTheRightPolicyAlone() throws Exception {
    Path empty = folder.resolve("empty");
    Program stranger = Program.in(empty);
    Files.writeString(empty.resolve("policy.txt"), policy);
    String mine = Files.copy(proof, empty.resolve("mine.tlog-proof")).toString();
    assertThat(stranger.done("audit", "verify", mine, "--policy", "policy.txt").out())
        .startsWith("genuine: entry " + disclosure + " of the log ");
    Program otherVault = Program.in(folder.resolve("other")).onVault(other.directory());
    Files.writeString(
        empty.resolve("wrong.txt"), otherVault.done("audit", "witnesses", "show").out());
    stranger.run("audit", "verify", mine, "--policy", "wrong.txt").failedWith("invalid_proof");
    stranger.run("audit", "verify", mine, "--policy", "none.txt").failedWith("input_output");
  }

  // ---- a reader by the specifications alone --------------------------------------------------

  private interface LogFiles {
    byte[] read(String path) throws IOException;
  }

  /** Reads a whole log, checks every tile of it, and returns its size. */
  private long requireLog(LogFiles files) throws Exception {
    PlainNote note = PlainNote.read(files.read("checkpoint"));
    assertThat(note.verified(key())).hasSize(1);
    int size = Integer.parseInt(note.line(1));
    List<Bytes> leaves = new ArrayList<>();
    for (String path : tiles("tile/entries/", size)) {
      leaves.addAll(leaves(files.read(path)));
    }
    assertThat(leaves).hasSize(size);
    assertThat(Base64.getEncoder().encodeToString(SlowTree.root(leaves).toArray()))
        .isEqualTo(note.line(2));
    for (int level = 0; size >> (8 * level) > 0; level++) {
      List<Bytes> hashes = SlowTree.level(leaves, level);
      List<Bytes> read = new ArrayList<>();
      for (String path : tiles("tile/" + level + "/", size >> (8 * level))) {
        byte[] tile = files.read(path);
        for (int at = 0; at < tile.length; at += 32) {
          read.add(Bytes.owned(Arrays.copyOfRange(tile, at, at + 32)));
        }
      }
      assertThat(read).isEqualTo(hashes);
    }
    return size;
  }

  /** Paths of full tiles and of the partial one, for fewer than 1,000 tiles. */
  private static List<String> tiles(String prefix, int hashes) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < hashes / 256; i++) {
      out.add(prefix + String.format("%03d", i));
    }
    if (hashes % 256 > 0) {
      out.add(prefix + String.format("%03d", hashes / 256) + ".p/" + hashes % 256);
    }
    return out;
  }

  /** Hashes of the entries of a bundle: each after its length in two bytes, big-endian. */
  private static List<Bytes> leaves(byte[] bundle) {
    List<Bytes> out = new ArrayList<>();
    for (int at = 0; at < bundle.length; ) {
      int length = (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
      out.add(SlowTree.leaf(Arrays.copyOfRange(bundle, at + 2, at + 2 + length)));
      at += 2 + length;
    }
    return out;
  }

  private static Map<String, Bytes> contents(Path root) throws IOException {
    Map<String, Bytes> out = new TreeMap<>();
    for (Path file : VaultFolder.files(root)) {
      out.put(root.relativize(file).toString(), Bytes.owned(Files.readAllBytes(file)));
    }
    return out;
  }

  private static Map<String, FileTime> times(Path root) throws IOException {
    Map<String, FileTime> out = new HashMap<>();
    for (Path file : VaultFolder.files(root)) {
      out.put(root.relativize(file).toString(), Files.getLastModifiedTime(file));
    }
    return out;
  }
}

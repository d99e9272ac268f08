package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Hashes;
import org.strongroom.translog.ModelTiles;
import org.strongroom.translog.Proofs;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.TlogProof;
import org.strongroom.translog.VerifierKey;

/** {@code strongroom audit verify}: a proof, a trust policy, and nothing else. */
final class VerifyProofTest {
  private static final int SIZE = 300;
  private static final int INDEX = 77;
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;
  private final SigningKey log = key("strongroom/test", VerifierKey.Type.NOTE);
  private final SigningKey w1 = key("w1.example", VerifierKey.Type.COSIGNATURE);
  private final SigningKey w2 = key("w2.example", VerifierKey.Type.COSIGNATURE);
  private String policy = "";

  private static SigningKey key(String name, VerifierKey.Type type) {
    return SigningKey.generate(name, type, RANDOM);
  }

  @BeforeEach
  void writePolicy() {
    policy =
        "log %s%nwitness w1 %s%nwitness w2 %s%ngroup both all w1 w2%n"
            .formatted(log.verifier().text(), w1.verifier().text(), w2.verifier().text());
  }

  @Test
  void verify_genuineProof_saysSoAndByWhom() throws IOException {
    Ran ran = verify(proof(log, SIZE, w1, w2), policy + "quorum both\n");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("genuine: entry 77 of the log strongroom/test")
        .contains("300 entries")
        .contains("cosigned by w1 at 2027-01-15T08:00:00Z")
        .contains("cosigned by w2");
  }

  @Test
  void verify_tooFewWitnesses_isRefused() throws IOException {
    Ran ran = verify(proof(log, SIZE, w1), policy + "quorum both\n");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("(invalid_proof)", "1 of 2 witnesses", "quorum both");
    assertThat(verify(proof(log, SIZE, w1), policy + "quorum w1\n").exit()).isZero();
    assertThat(verify(proof(log, SIZE), policy + "quorum none\n").exit()).isZero();
  }

  @Test
  void verify_anotherLogsKey_isRefused() throws IOException {
    SigningKey impostor = key("strongroom/test", VerifierKey.Type.NOTE);
    Ran ran = verify(proof(impostor, SIZE), policy + "quorum none\n");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("not signed by the key");
  }

  @Test
  void verify_anotherOrigin_isRefused() throws IOException {
    SigningKey other = key("strongroom/other", VerifierKey.Type.NOTE);
    Ran ran = verify(proof(other, SIZE), policy + "quorum none\n");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("strongroom/other");
  }

  private static Arguments damage(String name, UnaryOperator<String> how, String said) {
    return Arguments.of(name, how, said);
  }

  private static Stream<Arguments> damages() {
    return Stream.of(
        damage("empty", text -> "", "does not begin"),
        damage("binary", text -> "\u0000\u0001" + text, ""),
        damage("cut in the hashes", text -> text.substring(0, text.length() / 3), "blank line"),
        damage("cut at the end", text -> text.substring(0, text.length() - 1), "newline"),
        damage("index beyond the log", text -> text.replace("index 77", "index 300"), "entry 300"),
        damage("another index", text -> text.replace("index 77", "index 78"), "do not lead"),
        damage("leading zero", text -> text.replace("index 77", "index 077"), "index"),
        damage("index of no number", text -> text.replace("index 77", "index many"), "index"),
        damage("size 0", text -> text.replace("\n300\n", "\n0\n"), "0 entries"),
        damage("another size", text -> text.replace("\n300\n", "\n301\n"), "does not verify"),
        damage("a hash left out", VerifyProofTest::withoutAHash, "do not lead"),
        damage("a hash cut", text -> text.replaceFirst("=\n", "\n"), ""),
        damage("carriage returns", text -> text.replace("\n", "\r\n"), ""),
        damage("no sealed entry", text -> text.replaceFirst("extra .*\n", ""), "sealed entry"),
        damage(
            "another sealed entry",
            text -> text.replaceFirst("extra .*\n", "extra AAAA\n"),
            "do not lead"));
  }

  private static String withoutAHash(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    lines.remove(3);
    return String.join("\n", lines);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void verify_damagedProof_isAClearErrorAndExitOne(
      String name, UnaryOperator<String> how, String said) throws IOException {
    String whole = new String(proof(log, SIZE), StandardCharsets.UTF_8);
    String damaged = how.apply(whole);
    assertThat(damaged).as(name).isNotEqualTo(whole);
    Ran ran = verify(damaged.getBytes(StandardCharsets.UTF_8), policy + "quorum none\n");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("error (invalid_proof): it.tlog-proof: ")
        .contains(said)
        .doesNotContain("Exception");
  }

  @Test
  void verify_endlessFile_isRefusedUnread() throws IOException {
    byte[] endless = new byte[TlogProof.MAX_BYTES + 1];
    assertThat(verify(endless, policy + "quorum none\n").err()).contains("longer");
  }

  @Test
  void verify_brokenPolicy_namesTheLine() throws IOException {
    Ran ran = verify(proof(log, SIZE), policy + "quorum nobody\n");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).contains("policy", "line 5");
  }

  @Test
  void verify_withoutPolicy_isAUsageError() {
    Ran ran = Ran.offline("audit", "verify", "x.tlog-proof");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--policy");
  }

  @Test
  void verify_noSuchFile_isAClearError() throws IOException {
    Path trusted = Files.writeString(folder.resolve("policy"), policy + "quorum none\n");
    Ran ran =
        Ran.offline("audit", "verify", folder.resolve("no").toString(), "--policy", trusted + "");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err()).startsWith("error (").doesNotContain("\tat ");
  }

  private byte[] proof(SigningKey signer, long size, SigningKey... witnesses) {
    List<Bytes> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(Bytes.owned(Hashes.leaf(leaf(i))));
    }
    ModelTiles tiles = new ModelTiles(leaves);
    Checkpoint checkpoint =
        new Checkpoint(signer.verifier().name(), size, Proofs.root(size, tiles));
    SignedNote note = SignedNote.sign(Bytes.owned(checkpoint.body()), signer);
    for (SigningKey witness : witnesses) {
      note = note.with(List.of(witness.cosign(note.text(), 1_800_000_000L)));
    }
    return new TlogProof(
            Bytes.owned(leaf(INDEX)), INDEX, Proofs.inclusion(INDEX, size, tiles), note)
        .bytes();
  }

  private static byte[] leaf(int index) {
    return ("sealed entry " + index).getBytes(StandardCharsets.UTF_8);
  }

  private Ran verify(byte[] proof, String trust) throws IOException {
    Path file = Files.write(folder.resolve("it.tlog-proof"), proof);
    Path trusted = Files.writeString(folder.resolve("policy"), trust);
    return Ran.offline("audit", "verify", file.toString(), "--policy", trusted.toString());
  }
}

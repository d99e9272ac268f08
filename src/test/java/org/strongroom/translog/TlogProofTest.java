package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;

final class TlogProofTest {
  private static final int SIZE = 600;
  private static final List<Bytes> LEAVES = ModelTiles.numbers(SIZE);
  private static final ModelTiles TILES = new ModelTiles(LEAVES);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SigningKey LOG =
      SigningKey.generate("example.com/fancylog", VerifierKey.Type.NOTE, RANDOM);
  private static final SigningKey WITNESS =
      SigningKey.generate("witness1.example", VerifierKey.Type.COSIGNATURE, RANDOM);

  @Test
  void bytes_everyIndexOfSomeSizes_convinceWhoeverReadsTheSpecification() throws Exception {
    for (int size : List.of(1, 2, 7, 256, 257, 600)) {
      for (int index = 0; index < size; index += 1 + size / 5) {
        TlogProof proof = proof(index, size, Bytes.ofHex("c0ffee"));
        byte[] file = proof.bytes();
        byte[] leaf = BigEndian.ofLong(index);
        String log = LOG.verifier().text();
        List<String> witnesses = List.of(WITNESS.verifier().text());
        assertThat(PlainNote.proves(file, leaf, log, witnesses, 1)).isTrue();
        assertThat(PlainNote.proves(file, BigEndian.ofLong(999), log, witnesses, 1)).isFalse();
        TlogProof read = TlogProof.parse(file);
        assertThat(read).isEqualTo(proof);
        assertThat(read.bytes()).isEqualTo(file);
        assertThat(read.includes(LEAVES.get(index))).isTrue();
        assertThat(read.includes(LEAVES.get((index + 1) % SIZE))).isFalse();
      }
    }
  }

  @Test
  void bytes_withAndWithoutExtra_areTheLinesOfTheSpecification() {
    String head = "c2sp.org/tlog-proof@v1\nextra wP/u\nindex 1\n";
    assertThat(text(proof(1, 2, Bytes.ofHex("c0ffee")))).startsWith(head);
    assertThat(text(proof(0, 1, null)))
        .startsWith("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com/fancylog\n1\n");
    assertThat(TlogProof.parse(utf8(text(proof(0, 1, null)))).extra()).isNull();
  }

  @Test
  void parse_anyBitFlipped_isRefusedOrNoLongerProves() throws Exception {
    byte[] file = proof(3, 7, null).bytes();
    List<String> witnesses = List.of(WITNESS.verifier().text());
    TrustPolicy policy = TrustPolicy.ofLog(LOG.verifier());
    String text = new String(file, StandardCharsets.UTF_8);
    int cosignature = utf8(text.substring(0, text.lastIndexOf('\u2014'))).length;
    int read = 0;
    for (int bit = 0; bit < file.length * 8; bit += 3) {
      byte[] changed = file.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        TlogProof proof = TlogProof.parse(changed);
        read++;
        boolean ours =
            policy.check(proof.note()) instanceof TrustPolicy.Accepted
                && proof.includes(LEAVES.get(3));
        boolean theirs =
            PlainNote.proves(changed, BigEndian.ofLong(3), LOG.verifier().text(), witnesses, 0);
        assertThat(ours).as("bit %d", bit).isEqualTo(theirs);
        // The cosignature is all that this policy does not look at.
        assertThat(ours && bit / 8 < cosignature).as("bit %d", bit).isFalse();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(read).isPositive();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void parse_noProof_isRefusedSayingWhy(String file, String why) {
    assertThatThrownBy(() -> TlogProof.parse(utf8(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  static Stream<Arguments> malformed() {
    String good = text(proof(3, 7, null));
    String note = good.substring(good.indexOf("\n\n") + 2);
    String first = "c2sp.org/tlog-proof@v1\n";
    String hash = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n";
    return Stream.of(
        arguments("", "does not begin"),
        arguments(good.replace("@v1", "@v2"), "does not begin"),
        arguments(" " + good, "does not begin"),
        arguments(good.replace("\n", "\r\n"), "control character"),
        arguments(first, "blank line"),
        arguments(first + "index 3\n" + note.replace("\n\n", "\n"), "blank line"),
        arguments(first + "\n" + note, "no index"),
        arguments(first + "extra AAAA\n\n" + note, "no index"),
        arguments(first + "index 3\nextra AAAA\n\n" + note, "hash 1 of the proof is not base64"),
        arguments(first + "extra \nindex 3\n\n" + note, "extra data is empty"),
        arguments(first + "extra A\nindex 3\n\n" + note, "extra data is not base64"),
        arguments(first + "extra AB==\nindex 3\n\n" + note, "not canonical"),
        arguments(first + "extra AAAA\nextra AAAA\nindex 3\n\n" + note, "no index"),
        arguments(good.replace("index 3", "index 03"), "leading zeros"),
        arguments(good.replace("index 3", "index -3"), "no decimal"),
        arguments(good.replace("index 3", "index  3"), "no decimal"),
        arguments(good.replace("index 3", "index 3 "), "no decimal"),
        arguments(good.replace("index 3", "index "), "no decimal"),
        arguments(good.replace("index 3", "index 9223372036854775808"), "beyond"),
        arguments(good.replace("index 3", "index 7"), "no entry 7 in a log of 7"),
        arguments(good.replace("fancylog\n7\n", "fancylog\n0\n"), "no entry 3 in a log of 0"),
        arguments(first + "index 3\n" + "AAAA\n\n" + note, "has 3 bytes"),
        arguments(first + "index 3\n" + hash.replace("Q=", "R=") + "\n" + note, "not canonical"),
        arguments(first + "index 3\n" + hash.repeat(64) + "\n" + note, "more than 63"),
        arguments(first + "index 3\n" + hash.repeat(5000) + "\n" + note, "more than 63"),
        arguments(good.stripTrailing(), "end in a newline"),
        arguments(first + "index 3\n\n" + note.substring(0, 40), "newline"),
        arguments(first + "index 3\n\n\n" + note, "checkpoint"),
        arguments(first + "extra " + "A".repeat(3 << 20), "at most 2097152"));
  }

  @Test
  void parse_longestProof_isRead() {
    String hash = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n";
    String good = text(proof(3, 7, Bytes.ofHex("00")));
    int index = good.indexOf("index 3\n");
    String longest =
        good.substring(0, index + 8) + hash.repeat(63) + good.substring(good.indexOf("\n\n") + 1);
    assertThat(TlogProof.parse(utf8(longest)).proof()).hasSize(63);
    assertThat(TlogProof.parse(utf8(longest)).includes(LEAVES.get(3))).isFalse();
  }

  static TlogProof proof(int index, int size, @Nullable Bytes extra) {
    Checkpoint checkpoint = new Checkpoint("example.com/fancylog", size, Proofs.root(size, TILES));
    SignedNote note = SignedNote.sign(Bytes.owned(checkpoint.body()), LOG);
    note = note.with(List.of(WITNESS.cosign(note.text(), 1_700_000_000)));
    return new TlogProof(extra, index, Proofs.inclusion(index, size, TILES), note);
  }

  private static String text(TlogProof proof) {
    return new String(proof.bytes(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.strongroom.kernel.Bytes;

/** What others have published of the same trees, proofs and notes. */
final class PublishedVectorsTest {
  private static final List<String> MERKLE = lines("merkle-vectors.txt");
  private static final List<String> SUMDB = lines("sumdb-vectors.txt");

  private final ModelTiles tiles = new ModelTiles(ModelTiles.numbers(65_545));

  @TestFactory
  Stream<DynamicTest> verifiers_proofsOfTheReferenceImplementation_agree() {
    return MERKLE.stream()
        .map(
            line ->
                dynamicTest(line.replaceAll("[0-9a-f]{32,}", "#"), () -> requireAgreement(line)));
  }

  @Test
  void vectors_areAllThere() {
    assertThat(MERKLE).hasSize(193).filteredOn(line -> line.contains(" holds ")).hasSize(11);
    assertThat(SUMDB).hasSize(185);
  }

  private static void requireAgreement(String line) {
    String[] words = line.split(" ", -1);
    // Some vectors take 1 from 0 and get 2^64-1, which is no size here.
    long first = Long.parseUnsignedLong(words[2]);
    long second = Long.parseUnsignedLong(words[3]);
    Bytes left = hex(words[4]);
    Bytes right = hex(words[5]);
    List<Bytes> proof =
        words[6].equals("-")
            ? List.of()
            : Arrays.stream(words[6].split(",", -1)).map(PublishedVectorsTest::hex).toList();
    boolean holds =
        words[0].equals("inclusion")
            ? Proofs.includes(left, first, second, proof, right)
            : Proofs.consistent(first, left, second, right, proof);
    assertThat(holds).isEqualTo(words[1].equals("holds"));
  }

  @Test
  void rootsProofsAndTiles_ofGosTlog_areOurs() throws Exception {
    for (String line : SUMDB) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "root" ->
            assertThat(Proofs.root(Long.parseLong(words[1]), tiles).hex()).isEqualTo(words[2]);
        case "inclusion" -> {
          long index = Long.parseLong(words[1]);
          long size = Long.parseLong(words[2]);
          assertThat(Proofs.inclusion(index, size, tiles)).as(line).isEqualTo(hashes(words));
        }
        case "consistency" -> {
          long from = Long.parseLong(words[1]);
          long to = Long.parseLong(words[2]);
          assertThat(Proofs.consistency(from, to, tiles)).as(line).isEqualTo(hashes(words));
        }
        case "tile" -> {
          TileId id = TileId.parse(words[2]);
          long size = Long.parseLong(words[1]);
          assertThat(TileId.ofTree(size)).contains(id);
          byte[] tile = tiles.read(id.level(), id.number(), id.width());
          assertThat(sha256(tile)).as(line).isEqualTo(words[3]);
        }
        default -> assertThat(words[0]).isIn("skey", "vkey", "note");
      }
    }
  }

  @Test
  void notes_ofGosNote_areOurs() {
    SigningKey key = SigningKey.parse(only("skey"));
    VerifierKey verifier = VerifierKey.parse(only("vkey"));
    assertThat(key.verifier()).isEqualTo(verifier);
    assertThat(key.secretText()).isEqualTo(only("skey"));
    int seen = 0;
    for (String line : SUMDB) {
      if (line.startsWith("note ")) {
        String[] words = line.split(" ", -1);
        byte[] theirs = Base64.getDecoder().decode(words[2]);
        long size = Long.parseLong(words[1]);
        Checkpoint checkpoint = new Checkpoint("example.com/log", size, Proofs.root(size, tiles));
        SignedNote ours = SignedNote.sign(Bytes.owned(checkpoint.body()), key);
        assertThat(ours.bytes()).isEqualTo(theirs);
        assertThat(SignedNote.parse(theirs).verifiedBy(List.of(verifier))).hasSize(1);
        assertThat(Checkpoint.ofNote(theirs)).isEqualTo(checkpoint);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(3);
  }

  private static String only(String kind) {
    List<String> found = SUMDB.stream().filter(line -> line.startsWith(kind + " ")).toList();
    assertThat(found).hasSize(1);
    return found.get(0).substring(kind.length() + 1);
  }

  private static List<Bytes> hashes(String[] words) {
    return Arrays.stream(words).skip(3).map(Bytes::ofHex).toList();
  }

  private static Bytes hex(String word) {
    return word.equals("-") || word.equals("empty") ? Bytes.owned(new byte[0]) : Bytes.ofHex(word);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return Bytes.owned(MessageDigest.getInstance("SHA-256").digest(bytes)).hex();
  }

  private static List<String> lines(String name) {
    try (InputStream in =
        Objects.requireNonNull(PublishedVectorsTest.class.getResourceAsStream(name))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return all.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

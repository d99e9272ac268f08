package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.KeyFile;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.keys.KeysetSealer;

final class EntryCodecTest {
  private static final Instant AT = Instant.parse("2026-03-02T04:05:06.789012345Z");
  private static final Id ACTOR = new Id(0x0102030405060708L, -1);
  private static final Id SUBJECT = new Id(-2, 3);

  @TempDir Path directory;

  private KeysetSealer sealer;
  private EntryCodec codec;

  @BeforeEach
  void open() throws Exception {
    Aead kek = KeyFile.create(directory.resolve("vault.key")).getAead(KeyFile.URI);
    Id vault = new Id(1, 1);
    sealer = Keyring.open(kek, vault, Keyring.generate(kek, vault)).sealer(Keyset.AUDIT);
    codec = new EntryCodec(sealer, "strongroom.test/log");
  }

  static Stream<Entry> entries() {
    Entry.By by = new Entry.By(ACTOR, "w.zhang", "officer");
    return Stream.of(
        full(),
        Entry.of(Entry.Kind.VAULT, Instant.EPOCH, new Entry.By(ACTOR, "\u5f20\u4f1f", null), "x"),
        new Entry(Entry.Kind.USER, AT, by, null, null, null, null),
        // A bulk write names no subjects: its commitment stands for them.
        new Entry(
            Entry.Kind.WRITE,
            AT,
            by,
            new Entry.About("residents", List.of(), 1_000_000),
            null,
            null,
            new Entry.Written(Bytes.owned(new byte[32]), Bytes.owned(new byte[32]))),
        new Entry(
            Entry.Kind.DENIAL,
            AT,
            new Entry.By(ACTOR, "", ""),
            new Entry.About(null, List.of(), 0),
            new Entry.Basis("", "", null, Map.of()),
            "",
            new Entry.Written(Bytes.owned(new byte[1]), Bytes.owned(new byte[2]))));
  }

  private static Entry full() {
    return new Entry(
        Entry.Kind.DISCLOSURE,
        AT,
        new Entry.By(ACTOR, "w.zhang", "officer"),
        new Entry.About("residents", List.of(SUBJECT, ACTOR), 2),
        new Entry.Basis("case-work", "case \"17\"\n", "phone", Map.of("name", "clear")),
        "ok",
        new Entry.Written(Bytes.ofHex("00ff"), Bytes.ofHex("7f")));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void open_sealedEntry_isTheSame(Entry entry) {
    assertThat(codec.open(codec.seal(entry))).isEqualTo(entry);
  }

  @Test
  void seal_entry_isTheJsonThatStaysForEver() {
    byte[] json =
        sealer.open(codec.seal(full()), "strongroom.test/log".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"kind\":\"DISCLOSURE\",\"at\":\"2026-03-02T04:05:06.789012345Z\","
                + "\"by\":{\"actor\":\"0102030405060708ffffffffffffffff\",\"name\":\"w.zhang\","
                + "\"role\":\"officer\"},"
                + "\"about\":{\"collection\":\"residents\",\"subjects\":["
                + "\"fffffffffffffffe0000000000000003\",\"0102030405060708ffffffffffffffff\"],"
                + "\"records\":2},"
                + "\"basis\":{\"purpose\":\"case-work\",\"reason\":\"case \\\"17\\\"\\n\","
                + "\"index\":\"phone\",\"views\":{\"name\":\"clear\"}},"
                + "\"outcome\":\"ok\",\"written\":{\"commitment\":\"00ff\",\"manifest\":\"7f\"}}");
  }

  /** Everything that a disclosure can tell, at its longest. */
  private static Entry longest() {
    List<Id> subjects = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      subjects.add(new Id(-1, i));
    }
    Map<String, String> views = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      views.put("f".repeat(60) + (100 + i), "masked");
    }
    String word = "w".repeat(64);
    // A control character is written as six.
    Entry.Basis basis =
        new Entry.Basis("\u0001".repeat(64), "\u0001".repeat(1000), "i".repeat(64 * 8 + 7), views);
    Bytes hash = Bytes.owned(new byte[32]);
    return new Entry(
        Entry.Kind.DISCLOSURE,
        AT,
        new Entry.By(ACTOR, word, word),
        new Entry.About(word, subjects, Long.MAX_VALUE),
        basis,
        "o".repeat(256),
        new Entry.Written(hash, hash));
  }

  @Test
  void seal_longestEntryThereCanBe_fitsIntoATile() {
    assertThat(codec.seal(longest()).length).isBetween(50_000, EntryCodec.MAX_LEAF_BYTES);
  }

  @Test
  void seal_entryThatNoTileCouldHold_isRefused() {
    int fits = EntryCodec.MAX_LEAF_BYTES - codec.seal(withOutcome("")).length;
    assertThat(codec.seal(withOutcome("x".repeat(fits)))).hasSize(EntryCodec.MAX_LEAF_BYTES);
    assertThatThrownBy(() -> codec.seal(withOutcome("x".repeat(fits + 1))))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessageContaining("65536");
  }

  private static Entry withOutcome(String outcome) {
    return Entry.of(Entry.Kind.USER, AT, new Entry.By(ACTOR, "w.zhang", null), outcome);
  }

  @Test
  void seal_sameEntryTwice_tellsNeitherContentNorEquality() {
    byte[] leaf = codec.seal(full());
    assertThat(leaf).isNotEqualTo(codec.seal(full()));
    assertThat(new String(leaf, StandardCharsets.ISO_8859_1))
        .doesNotContain("w.zhang", "case-work", "DISCLOSURE");
  }

  @Test
  void open_leafOfAnotherLog_isCorrupt() {
    EntryCodec other = new EntryCodec(sealer, "strongroom.test/other");
    byte[] leaf = codec.seal(full());
    assertCorrupt(() -> other.open(leaf));
  }

  @Test
  void open_anyByteChanged_isCorrupt() {
    byte[] leaf = codec.seal(full());
    for (int at = 0; at < leaf.length; at++) {
      byte[] changed = leaf.clone();
      changed[at] ^= 1;
      assertCorrupt(() -> codec.open(changed));
    }
  }

  @Test
  void open_sealedButNoEntry_isCorrupt() {
    byte[] origin = "strongroom.test/log".getBytes(StandardCharsets.UTF_8);
    for (String json : new String[] {"", "{", "7", "{\"kind\":\"NONE\"}", "{\"unknown\":1}"}) {
      byte[] leaf = sealer.seal(json.getBytes(StandardCharsets.UTF_8), origin);
      assertCorrupt(() -> codec.open(leaf));
    }
  }

  private static void assertCorrupt(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }
}

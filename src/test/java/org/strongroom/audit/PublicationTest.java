package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.memory.MemoryStore;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.EntryBundle;
import org.strongroom.translog.Hashes;
import org.strongroom.translog.Proofs;
import org.strongroom.translog.TileId;
import org.strongroom.translog.TlogProof;
import org.strongroom.translog.TrustPolicy;
import org.strongroom.translog.VerifierKey;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PublicationTest {
  @TempDir Path directory;

  private final Store store = new MemoryStore();
  private AuditKeys keys;
  private Sequencer sequencer;

  @BeforeEach
  void start() throws Exception {
    keys = AuditKeys.create(directory.resolve("vault.key"), store);
    sequencer = keys.sequencer(store);
  }

  @AfterEach
  void stop() {
    sequencer.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 1000})
  void tile_ofEverySizeAlongTheWay_holdsTheHashesOfItsEntries(int entries) {
    grow(entries);
    Publication log = sequencer.publication();
    await().until(() -> Checkpoint.of(log.checkpoint()).size() == entries);
    List<byte[]> hashes = new ArrayList<>();
    TileId.ofTree(entries)
        .filter(TileId::isEntries)
        .forEach(
            id ->
                EntryBundle.parse(log.tile(id), id.width())
                    .leaves()
                    .forEach(leaf -> hashes.add(Hashes.leaf(leaf.toArray()))));
    assertThat(hashes).hasSize(entries);
    assertThat(Proofs.root(entries, (level, n, width) -> log.tile(new TileId(level, n, width))))
        .isEqualTo(Checkpoint.of(log.checkpoint()).root())
        .isEqualTo(Hashes.root(hashes));
    for (int width = 1; width <= Math.min(255, entries); width++) {
      byte[] partial = log.tile(new TileId(0, 0, width));
      assertThat(partial).hasSize(width * Hashes.BYTES);
      assertThat(Bytes.copyOf(partial)).isEqualTo(Bytes.owned(joined(hashes.subList(0, width))));
    }
  }

  @Test
  void tile_beyondTheCheckpoint_isNotFound() {
    grow(300);
    Publication log = sequencer.publication();
    await().until(() -> Checkpoint.of(log.checkpoint()).size() == 300);
    for (TileId beyond :
        List.of(
            new TileId(0, 1, 45),
            new TileId(0, 1, 256),
            new TileId(0, 2, 1),
            new TileId(1, 0, 2),
            new TileId(2, 0, 1),
            new TileId(63, Long.MAX_VALUE, 1),
            new TileId(TileId.ENTRIES, 1, 45))) {
      assertThatThrownBy(() -> log.tile(beyond))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
  }

  @Test
  void proof_ofAnEntryJustMade_waitsForItsCheckpointAndConvinces() {
    grow(70);
    TrustPolicy trusted =
        TrustPolicy.ofLog(
            new VerifierKey(AuditKeys.ORIGIN, VerifierKey.Type.NOTE, keys.publicKey()));
    for (long index : List.of(69L, 0L, 33L)) {
      TlogProof proof = TlogProof.parse(sequencer.publication().proof(index).bytes());
      assertThat(trusted.check(proof.note())).isInstanceOf(TrustPolicy.Accepted.class);
      Bytes leaf = Objects.requireNonNull(proof.extra());
      assertThat(proof.includes(Bytes.owned(Hashes.leaf(leaf.toArray())))).isTrue();
      assertThat(keys.codec().open(leaf.toArray()).by().name()).isEqualTo("n" + index);
    }
  }

  @Test
  void proof_noSuchEntry_isNotFound() {
    grow(3);
    for (long index : List.of(3L, -1L, Long.MAX_VALUE)) {
      assertThatThrownBy(() -> sequencer.publication().proof(index))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
  }

  @Test
  void checkpoint_ofALogNeverSigned_isNotFound() {
    assertThatThrownBy(() -> new Publication(new LogTiles(store)).checkpoint())
        .hasMessageContaining("try again");
  }

  private void grow(int entries) {
    for (int i = 0; i < entries; i++) {
      sequencer.append(AuditKeys.entry("n" + i));
    }
  }

  private static byte[] joined(List<byte[]> hashes) {
    byte[] out = new byte[hashes.size() * Hashes.BYTES];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i), 0, out, i * Hashes.BYTES, Hashes.BYTES);
    }
    return out;
  }
}

package org.strongroom.audit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Hashes;
import org.strongroom.translog.Proofs;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.TileId;
import org.strongroom.translog.TlogProof;

/**
 * What the log shows of itself: its newest checkpoint, the tiles and entry bundles under that (C2SP
 * tlog-tiles), and proofs (C2SP tlog-proof). Entries are sealed. Thread-safe.
 */
public final class Publication {
  /** How long a proof waits for the checkpoint over an entry that was just made. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final LogTiles tiles;
  private @Nullable SignedNote newest;
  private long size = -1;

  Publication(LogTiles tiles) {
    this.tiles = tiles;
  }

  /** Shows a checkpoint from now on; null for none. */
  synchronized void show(@Nullable SignedNote note) {
    newest = note;
    size = note == null ? -1 : Checkpoint.of(note).size();
    notifyAll();
  }

  /**
   * The newest checkpoint; where witnesses are demanded, the newest that they cosigned.
   *
   * @throws VaultException {@code NOT_FOUND} when there is none yet
   */
  public synchronized SignedNote checkpoint() {
    if (newest == null) {
      throw new VaultException(
          ErrorCode.NOT_FOUND,
          "the audit log has no checkpoint to show yet; try again in a second");
    }
    return newest;
  }

  /**
   * A tile or entry bundle.
   *
   * @throws VaultException {@code NOT_FOUND} when the newest checkpoint is not over all of it
   */
  public byte[] tile(TileId tile) {
    if (!tile.isWithin(Checkpoint.of(checkpoint()).size())) {
      throw new VaultException(
          ErrorCode.NOT_FOUND, "the audit log's checkpoint is not over such a tile");
    }
    return tile.isEntries()
        ? tiles.bundle(tile.number(), tile.width())
        : tiles.read(tile.level(), tile.number(), tile.width());
  }

  /**
   * The proof that an entry is in the log, with the sealed entry as extra data. Waits a moment for
   * the checkpoint over an entry that was just made.
   *
   * @throws VaultException {@code NOT_FOUND} when the log has no such entry, or no checkpoint over
   *     it yet
   */
  public TlogProof proof(long index) {
    if (index < 0) {
      throw new VaultException(ErrorCode.NOT_FOUND, "the audit log counts its entries from 0");
    }
    Bytes leaf = Bytes.owned(tiles.leaf(index));
    SignedNote note = covering(index);
    Checkpoint checkpoint = Checkpoint.of(note);
    TlogProof proof =
        new TlogProof(leaf, index, Proofs.inclusion(index, checkpoint.size(), tiles), note);
    if (!proof.includes(Bytes.owned(Hashes.leaf(leaf.unsafeArray())))) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the audit log does not lead to its checkpoint; run: strongroom verify");
    }
    return proof;
  }

  private synchronized SignedNote covering(long index) {
    long deadline = System.nanoTime() + SOON.toNanos();
    try {
      for (long left = SOON.toNanos(); size <= index && left > 0; ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (size <= index) {
      throw new VaultException(
          ErrorCode.NOT_FOUND,
          "the audit log's checkpoint is not over this entry yet; try again in a second");
    }
    return checkpoint();
  }
}

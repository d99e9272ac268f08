package org.strongroom.audit;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Frontier;

/** Keeps the newest signed checkpoint in the store. For the sequencer's thread alone. */
final class Checkpoints {
  static final byte[] KEY = "checkpoint".getBytes(StandardCharsets.UTF_8);

  private static final String RESTORE = "; restore the vault from a backup";

  private final Store store;
  private final UnaryOperator<byte[]> sign;
  private long signedSize = -1;
  private long signedAtNanos;

  Checkpoints(Store store, UnaryOperator<byte[]> sign) {
    this.store = store;
    this.sign = sign;
  }

  /**
   * Holds {@code tree} against the checkpoint that was signed last: a log never signs two that
   * disagree (C2SP tlog-checkpoint).
   *
   * @throws VaultException {@code CORRUPT} when entries that it speaks of are gone or are others
   */
  void requireNotBehind(Frontier tree) {
    byte @Nullable [] note = store.get(Table.META, KEY);
    if (note == null) {
      return;
    }
    Checkpoint last;
    try {
      last = Checkpoint.ofNote(note);
    } catch (IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.CORRUPT, "the audit log's checkpoint does not read" + RESTORE, e);
    }
    if (last.size() > tree.size()) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the audit log has "
              + tree.size()
              + " entries, its signed checkpoint "
              + last.size()
              + RESTORE);
    }
    if (last.size() == tree.size() && !last.root().equals(tree.root())) {
      throw new VaultException(
          ErrorCode.CORRUPT, "the audit log's entries are not those it signed" + RESTORE);
    }
  }

  /** Whether {@link #sign} is due for a log of {@code size} entries. */
  boolean due(long size) {
    return size != signedSize
        && (signedSize < 0
            || System.nanoTime() - signedAtNanos >= Sequencer.CHECKPOINT_EVERY.toNanos());
  }

  /** Signs and keeps the checkpoint; the entries it speaks of must be durable. */
  void sign(Checkpoint checkpoint, Store.Durability durability) {
    byte[] note = sign.apply(checkpoint.body());
    store.write(new Batch().put(Table.META, KEY, note), durability);
    signedSize = checkpoint.size();
    signedAtNanos = System.nanoTime();
  }
}

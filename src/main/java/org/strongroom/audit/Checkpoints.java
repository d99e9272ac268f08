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
import org.strongroom.translog.SignedNote;

/**
 * Signs checkpoints, keeps the newest, has them cosigned where witnesses are configured, and shows
 * them. Signing is for the sequencer's thread alone, the rest for any.
 */
final class Checkpoints {
  static final byte[] KEY = "checkpoint".getBytes(StandardCharsets.UTF_8);
  static final byte[] COSIGNED = "checkpoint/cosigned".getBytes(StandardCharsets.UTF_8);

  private static final String RESTORE = "; restore the vault from a backup";

  private final Store store;
  private final UnaryOperator<byte[]> sign;
  private final Publication publication;
  private final Witnessing witnessing;
  private volatile boolean demandChanged;
  private long signedSize = -1;
  private long signedAtNanos;

  /**
   * @param ready called when a round of witnesses ended and another may begin
   */
  Checkpoints(Store store, UnaryOperator<byte[]> sign, Runnable ready) {
    this.store = store;
    this.sign = sign;
    LogTiles tiles = new LogTiles(store);
    this.publication = new Publication(tiles);
    this.witnessing = new Witnessing(tiles, new Rounds(ready));
  }

  Publication publication() {
    return publication;
  }

  Witnessing witnessing() {
    return witnessing;
  }

  /** What is demanded of witnesses from now on; also decides which checkpoint is shown. */
  void demand(Demand demand) {
    witnessing.demand(demand);
    demandChanged = true;
    show();
  }

  private void show() {
    byte @Nullable [] note = store.get(Table.META, mustBeCosigned() ? COSIGNED : KEY);
    publication.show(note == null ? null : SignedNote.parse(note));
  }

  private boolean mustBeCosigned() {
    Demand demand = witnessing.demand();
    return demand.required() && demand.unwitnessed() != Demand.Unwitnessed.PROCEED;
  }

  /** Keeps and shows what witnesses have cosigned. */
  private final class Rounds implements Witnessing.Outcomes {
    private final Runnable ready;

    Rounds(Runnable ready) {
      this.ready = ready;
    }

    @Override
    public void ended(SignedNote note, boolean enough) {
      if (enough) {
        store.write(new Batch().put(Table.META, COSIGNED, note.bytes()), Store.Durability.BUFFERED);
      }
      if (enough || !mustBeCosigned()) {
        publication.show(note);
      }
    }

    @Override
    public void ready() {
      ready.run();
    }
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
      show();
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
    if (last.size() == tree.size()) {
      if (!last.root().equals(tree.root())) {
        throw new VaultException(
            ErrorCode.CORRUPT, "the audit log's entries are not those it signed" + RESTORE);
      }
      signedSize = last.size();
      signedAtNanos = System.nanoTime();
    }
  }

  /** Whether {@link #sign} is due for a log of {@code size} entries. */
  boolean due(long size) {
    // Whoever waits for witnesses waits for those that are demanded now.
    return demandChanged
        || (size != signedSize
            && (signedSize < 0
                || witnessing.eager()
                || System.nanoTime() - signedAtNanos >= Sequencer.CHECKPOINT_EVERY.toNanos()));
  }

  /** Signs and keeps the checkpoint; the entries it speaks of must be durable. */
  void sign(Checkpoint checkpoint, Store.Durability durability) {
    demandChanged = false;
    byte[] note = sign.apply(checkpoint.body());
    store.write(new Batch().put(Table.META, KEY, note), durability);
    signedSize = checkpoint.size();
    signedAtNanos = System.nanoTime();
    SignedNote signed = SignedNote.parse(note);
    if (witnessing.demand().witnesses().isEmpty()) {
      publication.show(signed);
    } else {
      witnessing.offer(checkpoint, signed);
    }
  }
}

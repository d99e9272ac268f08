package org.strongroom.audit;

import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.NoteSignature;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.Tiles;

/** A witness of the log (C2SP tlog-witness). Thread-safe. */
public interface Witness {
  /** What to call it in messages. */
  String name();

  /**
   * Asks for its cosignature over a checkpoint. Returns in a few seconds, whatever the witness
   * does.
   *
   * @param note the checkpoint, signed by the log
   * @param tiles to prove with that the log went on from what the witness saw last
   * @return a cosignature that verifies
   * @throws org.strongroom.kernel.VaultException {@code UNWITNESSED} saying why there is none
   */
  NoteSignature cosign(Checkpoint checkpoint, SignedNote note, Tiles tiles);
}

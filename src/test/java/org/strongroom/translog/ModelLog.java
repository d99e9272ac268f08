package org.strongroom.translog;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;

/**
 * A log that signs what it is asked to, made of the model: leaves are the numbers from 0, in a fork
 * others from some index on.
 */
public final class ModelLog {
  public static final String ORIGIN = "example.com/log";

  private static final int SIZE = 300;

  private final SigningKey key;
  private final SlowProofs model;

  private ModelLog(SigningKey key, List<Bytes> leaves) {
    this.key = key;
    this.model = new SlowProofs(leaves);
  }

  public static ModelLog make(SecureRandom random) {
    return new ModelLog(
        SigningKey.generate(ORIGIN, VerifierKey.Type.NOTE, random), ModelTiles.numbers(SIZE));
  }

  /** The same log with another history from {@code index} on, and the same key. */
  public ModelLog forkedAt(int index) {
    List<Bytes> leaves = new ArrayList<>(ModelTiles.numbers(index));
    for (int i = index; i < SIZE; i++) {
      leaves.add(SlowTree.leaf(BigEndian.ofLong(-i - 1)));
    }
    return new ModelLog(key, leaves);
  }

  public VerifierKey verifier() {
    return key.verifier();
  }

  public Bytes root(int size) {
    return model.root(size);
  }

  public List<Bytes> consistency(long from, long to) {
    return from == 0 ? List.of() : model.consistency((int) from, (int) to);
  }

  public SignedNote note(int size) {
    return signed(new Checkpoint(ORIGIN, size, root(size)));
  }

  public SignedNote signed(Checkpoint checkpoint) {
    return SignedNote.sign(Bytes.owned(checkpoint.body()), key);
  }

  /** A request that a witness at {@code from} should cosign. */
  public byte[] request(int from, int to) {
    return new AddCheckpoint(from, consistency(from, to), note(to)).bytes();
  }
}

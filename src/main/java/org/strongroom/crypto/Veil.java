package org.strongroom.crypto;

import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.SecretBytes;

/**
 * Covers what lies in a scratch file for the length of a run, under a key that is drawn for it and
 * never leaves it: nobody can lift it who has not this object. Thread-safe. To be closed, which
 * wipes the key.
 */
public final class Veil implements AutoCloseable {
  /** What is covered is so much longer. */
  public static final int OVERHEAD_BYTES = Sealer.OVERHEAD_BYTES;

  private final Sealer sealer;
  private final SecretBytes key;

  public Veil(Randomness random) {
    this.sealer = new Sealer(random);
    this.key = SecretBytes.owned(random.bytes(Sealer.KEY_BYTES));
  }

  /**
   * Covers the first {@code length} bytes of {@code bytes}.
   *
   * @param place where they will lie; they can be lifted from nowhere else
   */
  public byte[] cover(long place, byte[] bytes, int length) {
    return sealer.seal(key, BigEndian.ofLong(place), bytes, 0, length);
  }

  /**
   * Takes back what {@link #cover} did.
   *
   * @throws org.strongroom.kernel.VaultException {@code CORRUPT} when a byte or the place is not
   *     the same
   */
  public byte[] lift(long place, byte[] covered) {
    return sealer.open(key, BigEndian.ofLong(place), covered);
  }

  @Override
  public void close() {
    key.close();
  }
}

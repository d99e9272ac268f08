package org.strongroom.bench.limits;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rows as a resident takes them: one of 240 bytes, record and wrapped key together, and three index
 * rows (identity, phone, name with birth date), all at random places. For one thread.
 */
final class Rows {
  static final int INDEX_ROWS = 3;
  static final byte[] NOTHING = new byte[0];

  private static final int VALUE_BYTES = 240;
  private static final int RECORD_KEY_BYTES = 31;
  private static final int INDEX_KEY_BYTES = 43;

  private final SplittableRandom random;
  private final byte[] value = new byte[VALUE_BYTES];

  Rows(long seed) {
    random = new SplittableRandom(seed);
    // Ciphertext does not compress.
    random.nextBytes(value);
  }

  byte[] recordKey() {
    return key(RECORD_KEY_BYTES, 1);
  }

  byte[] value() {
    return value;
  }

  byte[] indexKey(int index) {
    return key(INDEX_KEY_BYTES, 2 + index);
  }

  private byte[] key(int length, int lead) {
    byte[] out = new byte[length];
    random.nextBytes(out);
    out[0] = (byte) lead;
    return out;
  }

  /** Random keys, in order. */
  byte[][] sortedIndexKeys(int index, int count) {
    byte[][] out = new byte[count][];
    Arrays.setAll(out, i -> indexKey(index));
    Arrays.sort(out, Arrays::compareUnsigned);
    return out;
  }

  /** Random keys of records, in order. */
  byte[][] sortedRecordKeys(int count) {
    byte[][] out = new byte[count][];
    Arrays.setAll(out, i -> recordKey());
    Arrays.sort(out, Arrays::compareUnsigned);
    return out;
  }
}

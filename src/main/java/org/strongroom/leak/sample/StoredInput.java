package org.strongroom.leak.sample;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BlockInput;
import org.strongroom.kernel.Bytes;

/**
 * A file as it is stored: hashed and counted, and what fails here is the disk's or the network's
 * fault and not the sample's. For one thread.
 */
final class StoredInput extends BlockInput {
  private final MessageDigest digest = Hashing.sha256();
  private final LongConsumer counter;
  private @Nullable IOException failure;

  StoredInput(InputStream in, LongConsumer counter) {
    super(in);
    this.counter = counter;
  }

  /** Why it could not be read on; null if it could. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(to, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    if (count > 0) {
      digest.update(to, offset, count);
      counter.accept(count);
    }
    return count;
  }

  /** Reads to the end, and gives the hash of everything. */
  Bytes finish() throws IOException {
    byte[] rest = new byte[1 << 16];
    while (read(rest, 0, rest.length) >= 0) {
      // Reading is what hashes.
    }
    return Bytes.owned(digest.digest());
  }
}

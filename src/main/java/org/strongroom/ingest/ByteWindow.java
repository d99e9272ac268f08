package org.strongroom.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sliding piece of the input. The cutters scan {@code buf} from {@code pos} to {@code limit}
 * themselves, since a call for each byte would cost more than the scan.
 */
final class ByteWindow implements Closeable {
  private static final int BASE_BYTES = 256 << 10;

  private final InputStream in;
  private boolean ended;
  private @Nullable IOException failure;
  private @Nullable Problem damage;

  byte[] buf = new byte[BASE_BYTES];
  int pos;
  int limit;

  /** The line of {@code pos}, from 1; the cutters count. */
  long line = 1;

  ByteWindow(InputStream in) {
    this.in = in;
  }

  /**
   * Reads on, dropping what is before {@code keep}: that index becomes 0 and {@code pos} moves with
   * it, in every case.
   *
   * @return false at the end of what can be read
   */
  boolean fill(int keep) {
    slide(keep);
    if (limit == buf.length && !ended) {
      byte[] larger = new byte[buf.length * 2];
      System.arraycopy(buf, 0, larger, 0, limit);
      buf = larger;
    }
    while (!ended) {
      try {
        int count = in.read(buf, limit, buf.length - limit);
        if (count > 0) {
          limit += count;
          return true;
        }
        ended = count < 0;
      } catch (Refusal e) {
        ended = true;
        damage = e.problem();
      } catch (IOException e) {
        ended = true;
        failure = e;
      }
    }
    return false;
  }

  private void slide(int keep) {
    int kept = limit - keep;
    if (buf.length > BASE_BYTES && kept < BASE_BYTES / 2) {
      byte[] smaller = new byte[BASE_BYTES];
      System.arraycopy(buf, keep, smaller, 0, kept);
      buf = smaller;
    } else if (keep > 0) {
      System.arraycopy(buf, keep, buf, 0, kept);
    }
    limit = kept;
    pos -= keep;
  }

  /** Whether the input stopped before its end. */
  boolean cutShort() {
    return damage != null || failure != null;
  }

  /** What is wrong with the input itself, once it ended. */
  Optional<Problem> damage() {
    return Optional.ofNullable(damage);
  }

  /** Throws what reading threw, if it did. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

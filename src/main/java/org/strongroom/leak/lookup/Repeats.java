package org.strongroom.leak.lookup;

import java.nio.charset.StandardCharsets;
import org.strongroom.kernel.BigEndian;
import org.strongroom.translog.Hashes;

/**
 * Knows most identifiers that came before, in fixed memory, so that a phone on a million lines is
 * hashed once and not a million times. Holds a part of a hash of each. What it forgets is found
 * when the keys are sorted. For one thread.
 */
final class Repeats {
  private static final int PLACES = 1 << 20;

  private final long[] seen = new long[PLACES];

  /** Whether this one came before, as far as it is remembered; it is from now on. */
  boolean again(Identifier identifier) {
    byte[] hash = Hashes.sha256(identifier.canonical().getBytes(StandardCharsets.UTF_8));
    int place = BigEndian.getInt(hash, 0) & (PLACES - 1);
    // A hash of zero is never known again, and costs its work anew.
    long mark = BigEndian.getLong(hash, 8) ^ identifier.kind().number();
    if (mark != 0 && seen[place] == mark) {
      return true;
    }
    seen[place] = mark;
    return false;
  }
}

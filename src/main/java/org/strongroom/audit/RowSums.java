package org.strongroom.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.BugException;

/**
 * A set of rows, of any size, in fixed memory: in each of many parts the sum, modulo 2^128, of a
 * keyed hash of each row. Two sets are the same when all their sums are, whatever the order in
 * which their rows came; where a sum differs, a row of that part does. The key is drawn for each
 * comparison, so that nobody can make up rows whose hashes cancel out. For one thread.
 */
public final class RowSums {
  private final byte[] secret;
  private final long[] high;
  private final long[] low;
  private final long[] rows;
  private final MessageDigest sha256;

  /**
   * @param secret 32 random bytes, the same for sets that are compared
   * @param parts the same for sets that are compared
   */
  RowSums(byte[] secret, int parts) {
    this.secret = secret;
    this.high = new long[parts];
    this.low = new long[parts];
    this.rows = new long[parts];
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  /**
   * Adds a row.
   *
   * @param hash over key and content
   */
  public void add(byte[] key, byte[] hash) {
    int part = part(key, rows.length);
    sha256.update(secret);
    byte[] summand = sha256.digest(hash);
    long sum = low[part] + BigEndian.getLong(summand, 8);
    int carry = Long.compareUnsigned(sum, low[part]) < 0 ? 1 : 0;
    low[part] = sum;
    high[part] += BigEndian.getLong(summand, 0) + carry;
    rows[part]++;
  }

  /** The parts in which the sets differ. */
  List<Integer> differing(RowSums other) {
    List<Integer> out = new ArrayList<>();
    for (int part = 0; part < rows.length; part++) {
      if (rows[part] != other.rows[part]
          || low[part] != other.low[part]
          || high[part] != other.high[part]) {
        out.add(part);
      }
    }
    return out;
  }

  int parts() {
    return rows.length;
  }

  /** How many rows a part has. */
  long rows(int part) {
    return rows[part];
  }

  /** The part of a row; of the key alone, so that an altered row stays in its part. */
  static int part(byte[] key, int parts) {
    int hash = 0;
    for (byte each : key) {
      hash = 31 * hash + each;
    }
    hash *= 0x9e3779b9;
    return Math.floorMod(hash ^ (hash >>> 16), parts);
  }
}

package org.strongroom.translog;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;

/**
 * The hashes of RFC 6962, section 2.1: SHA-256, leaves and nodes told apart by their first byte.
 */
public final class Hashes {
  /** Length of every hash. */
  public static final int BYTES = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Hashes::sha256);

  private Hashes() {}

  /** The hash of a leaf: {@code SHA-256(0x00 || data)}. */
  public static byte[] leaf(byte[] data) {
    MessageDigest digest = fresh();
    digest.update(LEAF);
    return digest.digest(data);
  }

  /** The hash of a leaf whose data is in three parts. */
  public static byte[] leaf(byte[] first, byte[] second, byte[] third) {
    MessageDigest digest = fresh();
    digest.update(LEAF);
    digest.update(first);
    digest.update(second);
    return digest.digest(third);
  }

  /** SHA-256. */
  public static byte[] sha256(byte[] data) {
    return fresh().digest(data);
  }

  /** The hash of an inner node: {@code SHA-256(0x01 || left || right)}. */
  public static byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = fresh();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /** The root of the tree without leaves: SHA-256 of nothing. */
  public static byte[] empty() {
    return fresh().digest();
  }

  /** The root (MTH) over a list of leaf hashes; for lists that fit in memory. */
  public static Bytes root(List<byte[]> leafHashes) {
    Frontier frontier = new Frontier();
    leafHashes.forEach(leaf -> frontier.append(leaf, (level, number, tile) -> {}));
    return frontier.root();
  }

  /** Writes the node hash of the two hashes at {@code from} to {@code to}, which may overlap. */
  static void node(byte[] pairs, int from, byte[] out, int to) {
    MessageDigest digest = fresh();
    digest.update(NODE);
    digest.update(pairs, from, 2 * BYTES);
    try {
      digest.digest(out, to, BYTES);
    } catch (DigestException e) {
      throw new BugException("a hash has 32 bytes", e);
    }
  }

  /** Without what a call that failed half-way may have left in it. */
  private static MessageDigest fresh() {
    MessageDigest digest = SHA256.get();
    digest.reset();
    return digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }
}

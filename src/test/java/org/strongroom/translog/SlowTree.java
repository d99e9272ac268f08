package org.strongroom.translog;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.strongroom.kernel.Bytes;

/**
 * The Merkle tree as RFC 6962, section 2.1, writes it down: recursive, from all leaves at once, and
 * with nothing of the code under test. The model that the log is held against.
 */
public final class SlowTree {
  private SlowTree() {}

  /** The Merkle tree hash (MTH) over leaf hashes. */
  public static Bytes root(List<Bytes> leafHashes) {
    if (leafHashes.isEmpty()) {
      return sha256(new byte[0]);
    }
    if (leafHashes.size() == 1) {
      return leafHashes.get(0);
    }
    int split = Integer.highestOneBit(leafHashes.size() - 1);
    return node(
        root(leafHashes.subList(0, split)), root(leafHashes.subList(split, leafHashes.size())));
  }

  public static Bytes leaf(byte[] data) {
    return sha256(new byte[] {0}, data);
  }

  /** The hashes of one level of full tiles: the roots over each 256^level leaves in a row. */
  public static List<Bytes> level(List<Bytes> leafHashes, int level) {
    int width = 1 << (8 * level);
    List<Bytes> out = new ArrayList<>();
    for (int at = 0; at + width <= leafHashes.size(); at += width) {
      out.add(root(leafHashes.subList(at, at + width)));
    }
    return out;
  }

  static Bytes node(Bytes left, Bytes right) {
    return sha256(new byte[] {1}, left.toArray(), right.toArray());
  }

  private static Bytes sha256(byte[]... parts) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        all.writeBytes(part);
      }
      return Bytes.owned(MessageDigest.getInstance("SHA-256").digest(all.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

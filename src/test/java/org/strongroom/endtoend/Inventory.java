package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/** What a store holds, counted row by row. */
record Inventory(long subjects, long records, long indexRows, long blobRows) {
  static Inventory of(Store store) {
    return new Inventory(
        rows(store, Table.RECORDS, Inventory::isDataKey),
        rows(store, Table.RECORDS, key -> !isDataKey(key)),
        rows(store, Table.INDEX, key -> true),
        rows(store, Table.BLOBS, key -> true));
  }

  private static long rows(Store store, Table table, Predicate<byte[]> counts) {
    long count = 0;
    try (Store.Cursor cursor = store.scan(table, new byte[0], new byte[0])) {
      while (cursor.next()) {
        count += counts.test(cursor.key()) ? 1 : 0;
      }
    }
    return count;
  }

  /** A subject, and no collection: no version of a record. */
  private static boolean isDataKey(byte[] key) {
    return key.length == 18;
  }

  /** Demands that the log is sound, and that the newest checkpoint is over all of it. */
  static void requireWholeLog(Store store) {
    List<byte[]> leaves = leaves(store);
    assertThat(requireSoundLog(store, leaves)).isEqualTo(leaves.size());
  }

  /**
   * Demands that the log is sound: entries without a gap, a signed checkpoint over the first of
   * them with the root that RFC 6962 gives, and each record version written by just one entry.
   */
  static void requireSoundLog(Store store) {
    requireSoundLog(store, leaves(store));
  }

  private static int requireSoundLog(Store store, List<byte[]> leaves) {
    byte[] note =
        Objects.requireNonNull(
            store.get(Table.META, "checkpoint".getBytes(StandardCharsets.UTF_8)), "no checkpoint");
    String[] lines = new String(note, StandardCharsets.UTF_8).split("\n", -1);
    int size = Integer.parseInt(lines[1]);
    assertThat(size).isBetween(1, leaves.size());
    assertThat(lines[2])
        .isEqualTo(Base64.getEncoder().encodeToString(root(leaves.subList(0, size))));
    requireEachVersionLogged(store);
    return size;
  }

  private static List<byte[]> leaves(Store store) {
    List<byte[]> leaves = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(Table.AUDIT_ENTRIES, new byte[0], new byte[0])) {
      while (cursor.next()) {
        assertThat(ByteBuffer.wrap(cursor.key()).getLong()).isEqualTo(leaves.size());
        leaves.add(sha256((byte) 0, cursor.value()));
      }
    }
    return leaves;
  }

  private static void requireEachVersionLogged(Store store) {
    Set<ByteBuffer> logged = new HashSet<>();
    try (Store.Cursor cursor = store.scan(Table.AUDIT_ROWS, new byte[0], new byte[0])) {
      while (cursor.next()) {
        ByteBuffer list = ByteBuffer.wrap(cursor.value());
        while (list.hasRemaining()) {
          boolean record = list.get() == Table.RECORDS.id();
          int keyBytes = list.getShort();
          int endBytes = list.getShort();
          int rows = list.getInt();
          byte[] end = new byte[endBytes];
          list.get(end);
          for (; rows > 0; rows--) {
            byte[] key = new byte[keyBytes];
            list.get(key, 0, keyBytes - endBytes).get(new byte[32]);
            System.arraycopy(end, 0, key, keyBytes - endBytes, endBytes);
            assertThat(!record || logged.add(ByteBuffer.wrap(key))).as("logged once").isTrue();
          }
        }
      }
    }
    long kept = 0;
    try (Store.Cursor cursor = store.scan(Table.RECORDS, new byte[0], new byte[0])) {
      while (cursor.next()) {
        if (!isDataKey(cursor.key())) {
          kept++;
          assertThat(logged).contains(ByteBuffer.wrap(cursor.key()));
        }
      }
    }
    assertThat(kept).isEqualTo(logged.size());
  }

  /** RFC 6962 section 2.1, as it is written there. */
  private static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return sha256(
        (byte) 1, root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
  }

  private static byte[] sha256(byte first, byte[]... rest) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      for (byte[] part : rest) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

package org.strongroom.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Table;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;

/**
 * The rows that an entry wrote, in the order of its commitment, as they are noted beside the log.
 * Rows of one table whose keys are equally long share a head, and in it the end that their keys
 * have in common, so that a row costs the rest of its key and its leaf hash:
 *
 * <pre>
 * list  = { table(1) key length(2) end length(2) rows(4) end { rest of key leaf hash(32) }... }...
 * table = its id, 0x80 added where rows were deleted
 * leaf  = table(1) key length(2) key value         hashed as RFC 6962 hashes leaves; no value when deleted
 * </pre>
 *
 * The commitment is the RFC 6962 root over the leaves. With the hashes in the list, it can be held
 * against each row alone, and still be recomputed when some of its rows were replaced or destroyed
 * since. For one thread.
 */
public final class RowList {
  private static final int DELETED = 0x80;
  private static final int HEAD_BYTES = 9;
  private static final int END_AT = 3;
  private static final int COUNT_AT = 5;
  private static final Frontier.Tiles NO_TILES = (level, number, tile) -> {};

  private final ByteArrayOutputStream groups = new ByteArrayOutputStream();
  private final ByteArrayOutputStream group = new ByteArrayOutputStream();
  private final Frontier leaves = new Frontier();
  private int table = -1;

  /** Of the group. */
  private byte[] firstKey = new byte[0];

  /** In which all keys of the group end as the first does. */
  private int endBytes;

  private int rows;

  RowList() {}

  /**
   * A row that an entry wrote.
   *
   * @param leafHash of the row as it was written; see {@link RowList#leafHash}
   */
  public record Row(Table table, Bytes key, boolean deleted, Bytes leafHash) {}

  /**
   * The leaf hash of a row.
   *
   * @param value null when it was deleted
   */
  public static byte[] leafHash(Table table, byte[] key, byte @Nullable [] value) {
    byte[] head = {(byte) idOf(table, value == null), (byte) (key.length >>> 8), (byte) key.length};
    return Hashes.leaf(head, key, value == null ? new byte[0] : value);
  }

  /**
   * The rows of a list.
   *
   * @throws VaultException {@code CORRUPT} when it is none
   */
  public static List<Row> read(byte[] list) {
    List<Row> out = new ArrayList<>();
    int at = 0;
    while (at < list.length) {
      if (list.length - at < HEAD_BYTES) {
        throw corrupt();
      }
      boolean deleted = (list[at] & DELETED) != 0;
      Table table = Table.ofId(list[at] & (DELETED - 1)).orElseThrow(RowList::corrupt);
      int keyBytes = getShort(list, at + 1);
      int endBytes = getShort(list, at + END_AT);
      int rows = BigEndian.getInt(list, at + COUNT_AT);
      at += HEAD_BYTES;
      int restBytes = keyBytes - endBytes;
      int rowBytes = restBytes + Hashes.BYTES;
      if (restBytes < 0
          || endBytes > list.length - at
          || rows < 1
          || rows > (list.length - at - endBytes) / rowBytes) {
        throw corrupt();
      }
      int end = at;
      at += endBytes;
      for (int i = 0; i < rows; i++) {
        byte[] key = Arrays.copyOfRange(list, at, at + keyBytes);
        System.arraycopy(list, end, key, restBytes, endBytes);
        byte[] hash = Arrays.copyOfRange(list, at + restBytes, at + rowBytes);
        out.add(new Row(table, Bytes.owned(key), deleted, Bytes.owned(hash)));
        at += rowBytes;
      }
    }
    return out;
  }

  /** The commitment that goes with these rows. */
  public static Bytes commitment(List<Row> rows) {
    return Hashes.root(rows.stream().map(row -> row.leafHash().unsafeArray()).toList());
  }

  /** Adds a row; a null value deletes. */
  void add(Table of, byte[] key, byte @Nullable [] value) {
    int id = idOf(of, value == null);
    if (id != table || key.length != firstKey.length) {
      endGroup(groups);
      group.reset();
      rows = 0;
      table = id;
      firstKey = key;
      endBytes = key.length;
    }
    endBytes = sameEnd(firstKey, key, endBytes);
    byte[] hash = leafHash(of, key, value);
    leaves.append(hash, NO_TILES);
    group.writeBytes(key);
    group.writeBytes(hash);
    rows++;
  }

  long size() {
    return leaves.size();
  }

  /** The root over the leaves. */
  Bytes commitment() {
    return leaves.root();
  }

  byte[] toArray() {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(groups.size() + group.size() + HEAD_BYTES);
    out.writeBytes(groups.toByteArray());
    endGroup(out);
    return out.toByteArray();
  }

  private void endGroup(ByteArrayOutputStream out) {
    if (rows > 0) {
      byte[] head = new byte[HEAD_BYTES];
      head[0] = (byte) table;
      putShort(head, 1, firstKey.length);
      putShort(head, END_AT, endBytes);
      BigEndian.putInt(head, COUNT_AT, rows);
      out.writeBytes(head);
      int restBytes = firstKey.length - endBytes;
      out.write(firstKey, restBytes, endBytes);
      byte[] whole = group.toByteArray();
      for (int at = 0; at < whole.length; at += firstKey.length + Hashes.BYTES) {
        out.write(whole, at, restBytes);
        out.write(whole, at + firstKey.length, Hashes.BYTES);
      }
    }
  }

  /** In how many bytes two keys of one length end alike, at most {@code most}. */
  private static int sameEnd(byte[] one, byte[] other, int most) {
    int same = 0;
    while (same < most && one[one.length - 1 - same] == other[other.length - 1 - same]) {
      same++;
    }
    return same;
  }

  private static int getShort(byte[] from, int at) {
    return (from[at] & 0xff) << 8 | (from[at + 1] & 0xff);
  }

  private static void putShort(byte[] to, int at, int value) {
    to[at] = (byte) (value >>> 8);
    to[at + 1] = (byte) value;
  }

  private static int idOf(Table table, boolean deleted) {
    return table.id() | (deleted ? DELETED : 0);
  }

  private static VaultException corrupt() {
    return new VaultException(
        ErrorCode.CORRUPT, "the list of rows beside an audit entry does not read");
  }
}

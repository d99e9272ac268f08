package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

/**
 * The keys of the vault's tables.
 *
 * <pre>
 * RECORDS  subject(16) 0(2)                                       data key, wrapped
 *          subject(16) collection(2) record(8) ~version(4)        sealed parts
 * INDEX    index(2) blind(16)                                     subject(16)            identity
 *          index(2) blind(16)                                     subject(16) record(8)  natural key
 *          index(2) blind(16) subject(16) record(8)               empty                  search
 * BLOBS    subject(16) blob(16) chunk(4)                          sealed chunk
 * </pre>
 *
 * A data key lies beside the records that it opens, so that one read has both; no collection has
 * the number 0. The version is stored inverted, so that the newest comes first.
 */
final class Layout {
  static final int RECORD_BYTES = 8;

  /** Where others have the number of their collection. */
  private static final int DATA_KEY = 0;

  static final int COLLECTION_PREFIX = Id.BYTES + 2;
  static final int RECORD_PREFIX = COLLECTION_PREFIX + RECORD_BYTES;
  static final int VERSION_KEY = RECORD_PREFIX + 4;
  static final int INDEX_PREFIX = 2 + BlindIndex.BLIND_BYTES;

  private Layout() {}

  /** Of a subject's data key. */
  static byte[] dataKey(Id subject) {
    return collectionPrefix(subject, DATA_KEY);
  }

  /** Whether a row of the records is a data key, and no version. */
  static boolean isDataKey(byte[] row) {
    return row.length == COLLECTION_PREFIX && collectionOf(row) == DATA_KEY;
  }

  static byte[] collectionPrefix(Id subject, int collection) {
    byte[] out = new byte[COLLECTION_PREFIX];
    writeCollection(out, subject, collection);
    return out;
  }

  static byte[] recordPrefix(Id subject, int collection, long record) {
    byte[] out = new byte[RECORD_PREFIX];
    writeCollection(out, subject, collection);
    BigEndian.putLong(out, COLLECTION_PREFIX, record);
    return out;
  }

  static byte[] version(Id subject, int collection, long record, int version) {
    byte[] out = new byte[VERSION_KEY];
    writeCollection(out, subject, collection);
    BigEndian.putLong(out, COLLECTION_PREFIX, record);
    BigEndian.putInt(out, RECORD_PREFIX, ~version);
    return out;
  }

  static int collectionOf(byte[] row) {
    return (row[Id.BYTES] & 0xff) << Byte.SIZE | (row[Id.BYTES + 1] & 0xff);
  }

  static long recordOf(byte[] versionKey) {
    return BigEndian.getLong(versionKey, COLLECTION_PREFIX);
  }

  static int versionOf(byte[] versionKey) {
    return ~BigEndian.getInt(versionKey, RECORD_PREFIX);
  }

  static byte[] index(int index, byte[] blind) {
    byte[] out = new byte[INDEX_PREFIX];
    out[0] = (byte) (index >>> 8);
    out[1] = (byte) index;
    System.arraycopy(blind, 0, out, 2, BlindIndex.BLIND_BYTES);
    return out;
  }

  /** A search row: the index prefix, then subject and record. */
  static byte[] searchRow(byte[] indexPrefix, Id subject, long record) {
    byte[] out = Arrays.copyOf(indexPrefix, INDEX_PREFIX + Id.BYTES + RECORD_BYTES);
    subject.write(out, INDEX_PREFIX);
    BigEndian.putLong(out, INDEX_PREFIX + Id.BYTES, record);
    return out;
  }

  /** The value of a natural-key row. */
  static byte[] subjectAndRecord(Id subject, long record) {
    byte[] out = new byte[Id.BYTES + RECORD_BYTES];
    subject.write(out, 0);
    BigEndian.putLong(out, Id.BYTES, record);
    return out;
  }

  static byte[] blobChunk(Id subject, Id blob, int chunk) {
    byte[] out = new byte[2 * Id.BYTES + 4];
    subject.write(out, 0);
    blob.write(out, Id.BYTES);
    BigEndian.putInt(out, 2 * Id.BYTES, chunk);
    return out;
  }

  static byte[] meta(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses a key or row of another length, which no program of ours wrote. */
  static byte[] requireLength(byte[] row, int bytes) {
    if (row.length != bytes) {
      throw new VaultException(ErrorCode.CORRUPT, "a row of the vault has not its length");
    }
    return row;
  }

  private static void writeCollection(byte[] out, Id subject, int collection) {
    subject.write(out, 0);
    out[Id.BYTES] = (byte) (collection >>> 8);
    out[Id.BYTES + 1] = (byte) collection;
  }
}

package org.strongroom.leak;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Id;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Lead;
import org.strongroom.vault.Suspect;

/**
 * A suspect on its way through a scratch file: what it says, and where in the vault it is to be
 * looked at next. Reused from row to row. For one thread.
 *
 * <pre>
 * length(4) place(8) number(8) counting(1) index(1) leads(2) { subject(16) }...
 *   values: { further(1 bit) position(7) length(7 bits a byte, the last below 128) utf8 }...
 * </pre>
 */
final class SuspectRow {
  private static final int PLACE = 4;
  private static final int NUMBER = PLACE + 8;
  private static final int COUNTING = NUMBER + 8;
  private static final int INDEX = COUNTING + 1;
  private static final int LEADS = INDEX + 1;
  private static final int SUBJECTS = LEADS + 2;
  private static final int FURTHER = 0x80;

  /** Bytes that the position and the length of a value take at most. */
  private static final int VALUE_HEAD = 6;

  /** Bytes of the shortest row. */
  static final int LEAST = SUBJECTS;

  private byte[] bytes = new byte[1 << 10];
  private int length;

  /** The row, in the first {@link #length} bytes. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /**
   * Writes a suspect that is yet to be sought, and has no {@link #place} yet.
   *
   * @param number of its record
   * @param counting whether its ID number goes on from those before
   */
  void write(Suspect suspect, long number, boolean counting) {
    head(0, number, counting, SUBJECTS);
    bytes[INDEX] = 0;
    leads(0);
    for (int i = 0; i < suspect.spec().fieldCount(); i++) {
      @Nullable String value = suspect.at(i);
      if (value != null) {
        value(i, false, value);
      }
    }
    suspect.others().forEach(other -> value(other.position(), true, other.value()));
    BigEndian.putInt(bytes, 0, length);
  }

  /** Copies the row at {@code at} of {@code from}. */
  void write(byte[] from, int at) {
    length = 0;
    room(length(from, at));
    length = length(from, at);
    System.arraycopy(from, at, bytes, 0, length);
  }

  void place(long place) {
    BigEndian.putLong(bytes, PLACE, place);
  }

  /** Writes the same suspect as the row at {@code at} of {@code from}, with whom it led to. */
  void write(byte[] from, int at, Lead lead) {
    List<Id> subjects = lead.subjects();
    head(
        subjects.get(0).high(),
        number(from, at),
        counting(from, at),
        SUBJECTS + subjects.size() * Id.BYTES);
    bytes[INDEX] = (byte) lead.index();
    leads(subjects.size());
    for (int i = 0; i < subjects.size(); i++) {
      subjects.get(i).write(bytes, SUBJECTS + i * Id.BYTES);
    }
    int values = at + SUBJECTS + leads(from, at) * Id.BYTES;
    int rest = at + length(from, at) - values;
    room(rest);
    System.arraycopy(from, values, bytes, length, rest);
    length += rest;
    BigEndian.putInt(bytes, 0, length);
  }

  private void head(long place, long number, boolean counting, int headed) {
    length = 0;
    room(headed);
    length = headed;
    BigEndian.putLong(bytes, PLACE, place);
    BigEndian.putLong(bytes, NUMBER, number);
    bytes[COUNTING] = (byte) (counting ? 1 : 0);
  }

  private void leads(int count) {
    bytes[LEADS] = (byte) (count >>> 8);
    bytes[LEADS + 1] = (byte) count;
  }

  private void value(int position, boolean further, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    room(VALUE_HEAD + utf8.length);
    bytes[length++] = (byte) (further ? position | FURTHER : position);
    int rest = utf8.length;
    for (; rest > 0x7f; rest >>>= 7) {
      bytes[length++] = (byte) (rest | 0x80);
    }
    bytes[length++] = (byte) rest;
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  static int length(byte[] from, int row) {
    return BigEndian.getInt(from, row);
  }

  static long place(byte[] from, int row) {
    return BigEndian.getLong(from, row + PLACE);
  }

  static long number(byte[] from, int row) {
    return BigEndian.getLong(from, row + NUMBER);
  }

  /** Whether its ID number goes on from those before. */
  static boolean counting(byte[] from, int row) {
    return from[row + COUNTING] != 0;
  }

  private static int leads(byte[] from, int row) {
    return (from[row + LEADS] & 0xff) << 8 | (from[row + LEADS + 1] & 0xff);
  }

  /** Whom it led to. */
  static Lead lead(byte[] from, int row) {
    List<Id> subjects = new ArrayList<>(1);
    for (int i = 0; i < leads(from, row); i++) {
      subjects.add(Id.read(from, row + SUBJECTS + i * Id.BYTES));
    }
    return new Lead(from[row + INDEX] & 0xff, subjects);
  }

  static Suspect suspect(CollectionSpec spec, byte[] from, int row) {
    @Nullable String[] values = new @Nullable String[spec.fieldCount()];
    List<Suspect.Alternative> others = new ArrayList<>(0);
    int at = row + SUBJECTS + leads(from, row) * Id.BYTES;
    int end = row + length(from, row);
    while (at < end) {
      int head = from[at++];
      int bytes = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = from[at++];
        bytes |= (next & 0x7f) << shift;
        if (next >= 0) {
          break;
        }
      }
      String value = new String(from, at, bytes, StandardCharsets.UTF_8);
      at += bytes;
      if (head >= 0) {
        values[head] = value;
      } else {
        others.add(new Suspect.Alternative(head & ~FURTHER & 0xff, value));
      }
    }
    return new Suspect(spec, values, others);
  }
}

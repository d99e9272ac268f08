package org.strongroom.leak;

import java.util.Arrays;
import org.strongroom.kernel.BigEndian;
import org.strongroom.vault.Compared;
import org.strongroom.vault.Likeness;

/**
 * What became of one record of the sample, as it lies in the scratch file: no value of it.
 *
 * <pre>
 * length(4) key(16) digest(8) number(8) state(1) strong(1) region(1) age(1) fields(n)
 *   befores(1) { position(1) from(8) to(8) }...   spans(1) { from(8) to(8) }...
 * </pre>
 *
 * The key is the subject's id, or for a stranger a keyed hash of the identifier.
 */
final class Line {
  static final int KEY = 4;
  static final int DIGEST = KEY + 16;
  static final int NUMBER = DIGEST + 8;
  private static final int STATE = NUMBER + 8;
  private static final int STRONG = STATE + 1;
  private static final int REGION = STRONG + 1;
  private static final int AGE = REGION + 1;
  private static final int FIELDS = AGE + 1;
  private static final int BEFORE_BYTES = 17;
  private static final int SPAN_BYTES = 16;

  /** What does not fit into a byte is left out: somebody with more than 255 versions. */
  private static final int MOST = 255;

  /** What a record turned out to be. */
  enum State {
    /** Without any valid identifier. */
    INVALID(0),
    /** Of somebody whom the vault does not hold. */
    STRANGER(1),
    /** Of a subject, with nothing to compare that the identifier does not tell. */
    UNDECIDED(2),
    /** Of a subject, but never true. */
    WRONG(3),
    GENUINE(4);

    /** How many there are; codes are below this. */
    static final int COUNT = 5;

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** A small number for it, from 0. */
    int code() {
      return code;
    }
  }

  private static final State[] STATES = State.values();

  private Line() {}

  /** The bytes that a line may take. */
  static int most(int fields) {
    return FIELDS + fields + 2 + MOST * (BEFORE_BYTES + SPAN_BYTES);
  }

  /** Writes a record that is no subject's; gives its length. */
  static int write(byte[] to, byte[] key, long digest, long number, State state, int fields) {
    int length = FIELDS + fields + 2;
    head(to, key, digest, number, state, length);
    to[STRONG] = 0;
    to[REGION] = (byte) Compared.UNKNOWN;
    to[AGE] = (byte) Compared.UNKNOWN;
    Arrays.fill(to, FIELDS, length, (byte) 0);
    return length;
  }

  /** Writes a record that was compared; gives its length. */
  static int write(byte[] to, Compared compared, long digest, long number, int fields) {
    State state =
        compared.genuine() ? State.GENUINE : compared.decided() ? State.WRONG : State.UNDECIDED;
    for (int i = 0; i < fields; i++) {
      to[FIELDS + i] = (byte) compared.field(i).code();
    }
    int at = FIELDS + fields;
    long[] before = compared.before();
    int befores = Math.min(before.length / 3, MOST);
    to[at++] = (byte) befores;
    for (int i = 0; i < befores; i++) {
      to[at] = (byte) before[3 * i];
      BigEndian.putLong(to, at + 1, before[3 * i + 1]);
      BigEndian.putLong(to, at + 9, before[3 * i + 2]);
      at += BEFORE_BYTES;
    }
    long[] spans = compared.together();
    int count = Math.min(spans.length / 2, MOST);
    to[at++] = (byte) count;
    for (int i = 0; i < count; i++) {
      BigEndian.putLong(to, at, spans[2 * i]);
      BigEndian.putLong(to, at + 8, spans[2 * i + 1]);
      at += SPAN_BYTES;
    }
    head(to, compared.subject().toArray(), digest, number, state, at);
    to[STRONG] = (byte) (compared.strong() ? 1 : 0);
    to[REGION] = (byte) compared.region();
    to[AGE] = (byte) Math.min(compared.age(), 120);
    return at;
  }

  private static void head(
      byte[] to, byte[] key, long digest, long number, State state, int length) {
    BigEndian.putInt(to, 0, length);
    System.arraycopy(key, 0, to, KEY, 16);
    BigEndian.putLong(to, DIGEST, digest);
    BigEndian.putLong(to, NUMBER, number);
    to[STATE] = (byte) state.code();
  }

  static int length(byte[] from, int line) {
    return BigEndian.getInt(from, line);
  }

  static long number(byte[] from, int line) {
    return BigEndian.getLong(from, line + NUMBER);
  }

  static State state(byte[] from, int line) {
    return STATES[from[line + STATE]];
  }

  /** Whether one identifier alone led to the subject. */
  static boolean strong(byte[] from, int line) {
    return from[line + STRONG] != 0;
  }

  static int region(byte[] from, int line) {
    return from[line + REGION];
  }

  static int age(byte[] from, int line) {
    return from[line + AGE];
  }

  static Likeness field(byte[] from, int line, int position) {
    return Likeness.of(from[line + FIELDS + position]);
  }

  /** Position, from, to: three numbers for each past value that was met. */
  static long[] befores(byte[] from, int line, int fields) {
    int at = line + FIELDS + fields;
    long[] out = new long[3 * (from[at++] & 0xff)];
    for (int i = 0; i < out.length; i += 3) {
      out[i] = from[at];
      out[i + 1] = BigEndian.getLong(from, at + 1);
      out[i + 2] = BigEndian.getLong(from, at + 9);
      at += BEFORE_BYTES;
    }
    return out;
  }

  /** From and to: two numbers for each span. */
  static long[] spans(byte[] from, int line, int fields) {
    int at = line + FIELDS + fields;
    at += 1 + (from[at] & 0xff) * BEFORE_BYTES;
    long[] out = new long[2 * (from[at++] & 0xff)];
    for (int i = 0; i < out.length; i += 2) {
      out[i] = BigEndian.getLong(from, at);
      out[i + 1] = BigEndian.getLong(from, at + 8);
      at += SPAN_BYTES;
    }
    return out;
  }

  /** Orders lines by key, then digest, then number. */
  static int compare(byte[] bytes, int one, int other) {
    return Arrays.compareUnsigned(bytes, one + KEY, one + STATE, bytes, other + KEY, other + STATE);
  }

  static boolean sameKey(byte[] bytes, int one, int other) {
    return Arrays.equals(bytes, one + KEY, one + DIGEST, bytes, other + KEY, other + DIGEST);
  }

  static boolean sameRecord(byte[] bytes, int one, int other) {
    return Arrays.equals(bytes, one + KEY, one + NUMBER, bytes, other + KEY, other + NUMBER);
  }
}

package org.strongroom.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Id;

/**
 * The rows that lead to entries, none of which says to whoever reads the disk what it leads by.
 *
 * <pre>
 * AUDIT_ABOUT  blind(16) ~index(8)   empty     blind value of an actor, subject, purpose or kind
 * AUDIT_HOURS  ~index(8)             hour(8)   where the hour is another than that of the entry before
 * </pre>
 *
 * The log's index is stored inverted, so that the newest entry comes first. Thread-safe.
 */
public final class LogIndex {
  /** The label of the log's key in {@link org.strongroom.keys.Keyring#blindIndex}. */
  public static final String KEY_LABEL = "audit";

  /**
   * Kinds without rows of their own: nearly every entry is one of them, so walking the entries is
   * no slower, and the rows would be as many as the entries.
   */
  static final Set<Entry.Kind> UNLISTED = EnumSet.of(Entry.Kind.DISCLOSURE, Entry.Kind.WRITE);

  private static final long SECONDS_AN_HOUR = 3600;

  private final BlindIndex blind;

  public LogIndex(BlindIndex blind) {
    this.blind = blind;
  }

  /**
   * All rows that {@code entry} has in {@link org.strongroom.store.Table#AUDIT_ABOUT}; each has an
   * empty value, and no entry has any other.
   *
   * @param index of the entry in the log
   */
  public List<byte[]> rows(Entry entry, long index) {
    return terms(entry).stream().map(term -> row(term, index)).toList();
  }

  /** The hour of an entry in UTC, counted from 1970. */
  public static long hour(Entry entry) {
    return Math.floorDiv(entry.at().getEpochSecond(), SECONDS_AN_HOUR);
  }

  /** The key in {@link org.strongroom.store.Table#AUDIT_HOURS} of the entry at {@code index}. */
  public static byte[] hourKey(long index) {
    return BigEndian.ofLong(~index);
  }

  /** The index of the entry at which a row of AUDIT_HOURS says that another hour begins. */
  public static long hourIndex(byte[] key) {
    return ~BigEndian.getLong(key, 0);
  }

  /** The blind values under which {@code entry} is found. */
  List<byte[]> terms(Entry entry) {
    List<byte[]> out = new ArrayList<>();
    out.add(actor(entry.by().actor()));
    if (entry.about() != null) {
      entry.about().subjects().forEach(subject -> out.add(subject(subject)));
    }
    if (entry.basis() != null) {
      out.add(purpose(entry.basis().purpose()));
    }
    if (!UNLISTED.contains(entry.kind())) {
      out.add(kind(entry.kind()));
    }
    return out;
  }

  byte[] actor(Id actor) {
    return term("actor/" + actor);
  }

  byte[] subject(Id subject) {
    return term("subject/" + subject);
  }

  byte[] purpose(String purpose) {
    return term("purpose/" + purpose);
  }

  byte[] kind(Entry.Kind kind) {
    return term("kind/" + kind.name());
  }

  private byte[] term(String tagged) {
    return blind.blind(tagged.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] row(byte[] term, long index) {
    byte[] key = new byte[BlindIndex.BLIND_BYTES + 8];
    System.arraycopy(term, 0, key, 0, BlindIndex.BLIND_BYTES);
    BigEndian.putLong(key, BlindIndex.BLIND_BYTES, ~index);
    return key;
  }

  /** The entry that a row of AUDIT_ABOUT leads to; null when it is no such row. */
  static @Nullable Long entryOf(byte[] row) {
    return row.length == BlindIndex.BLIND_BYTES + 8 ? Long.valueOf(indexOf(row)) : null;
  }

  static long indexOf(byte[] row) {
    return ~BigEndian.getLong(row, BlindIndex.BLIND_BYTES);
  }
}

package org.strongroom.leak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.KeysetSealer;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * The checks that were kept, each in rows of its own, sealed and bound to their keys:
 *
 * <pre>
 * LEAKS  check(16) part(4)    part 0   head
 *                             part 1   report, as JSON, without receipt and signature
 *                             from 2   { subject(16) fields(8) }...   the affected, in chunks
 * </pre>
 *
 * The list of the affected may be as long as the vault, so its chunks are written a few at a time,
 * each time with an entry of the log; head and report come with the last of them, and make it a
 * check. Chunks without a head are what a check that was cut short left behind. Thread-safe; one
 * check is kept at a time.
 */
public final class LeakBook {
  private static final int HEAD = 0;
  private static final int REPORT = 1;
  private static final int FIRST_CHUNK = 2;
  private static final int KEY_BYTES = Id.BYTES + Integer.BYTES;
  private static final int ROW_BYTES = Id.BYTES + Long.BYTES;

  /** Subjects in a chunk: some 256 KiB. */
  static final int CHUNK_ROWS = 256 * 1024 / ROW_BYTES;

  /** Chunks in one write: some 4 MiB. */
  static final int CHUNKS_AT_A_TIME = 16;

  /** Rows removed in one write. */
  private static final int REMOVED_AT_A_TIME = 1000;

  private final StoreView store;
  private final LeakLog log;
  private final KeysetSealer sealer;

  /**
   * @param sealer under the keyset of leak checks
   */
  public LeakBook(StoreView store, LeakLog log, KeysetSealer sealer) {
    this.store = store;
    this.log = log;
    this.sealer = sealer;
  }

  // ---- keeping -----------------------------------------------------------------------------

  /** The list of the affected as it is kept: how many chunks, and those not yet written. */
  record Listed(int chunks, Change rest) {}

  /**
   * Keeps the list of the affected, but for its last chunks, which come with the check.
   *
   * @throws IOException when the list fails
   * @throws VaultException {@code CANCELLED}; {@code AUDIT_FAILED} when it could not be written
   */
  Listed list(Asked asked, Id check, AffectedList list, LeakProgress progress) throws IOException {
    long chunks = (list.size() + CHUNK_ROWS - 1) / CHUNK_ROWS;
    Chunks out = new Chunks(asked, check, Math.toIntExact(chunks), progress);
    list.each(out);
    return out.end(list.size());
  }

  /** Makes a check of its list, with its one entry in the log. */
  Receipt keep(Asked asked, Head head, Report report, Listed listed) {
    byte[] headKey = key(head.id(), HEAD);
    byte[] reportKey = key(head.id(), REPORT);
    Change change = listed.rest();
    change.commit(Table.LEAKS, headKey, sealer.seal(LeakJson.write(head), headKey));
    change.commit(Table.LEAKS, reportKey, sealer.seal(ReportJson.write(report), reportKey));
    return log.checked(asked, report, head.check().affected(), change);
  }

  /** Removes what checks that were cut short left behind; none must be under way. */
  void sweep(Asked asked) {
    List<Id> left = new ArrayList<>();
    firstRows((key, value) -> addIf(part(key) != HEAD, Id.read(key, 0), left));
    for (Id check : left) {
      Change change = new Change();
      for (byte[] key : keys(check)) {
        change.commitDeletion(Table.LEAKS, key);
        if (change.committed() == REMOVED_AT_A_TIME) {
          log.removed(asked, check, change);
          change = new Change();
        }
      }
      if (change.committed() > 0) {
        log.removed(asked, check, change);
      }
    }
  }

  private static void addIf(boolean wanted, Id id, List<Id> to) {
    if (wanted) {
      to.add(id);
    }
  }

  private List<byte[]> keys(Id check) {
    List<byte[]> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(Table.LEAKS, check.toArray())) {
      while (cursor.next()) {
        out.add(cursor.key());
      }
    }
    return out;
  }

  // ---- what was kept -----------------------------------------------------------------------

  /** Every check, the newest first. */
  List<Head> heads() {
    List<Head> out = new ArrayList<>();
    firstRows(
        (key, value) -> {
          if (part(key) == HEAD) {
            out.add(LeakJson.read(sealer.open(value, key), Head.class));
          }
        });
    out.sort(Comparator.comparing((Head head) -> head.check().ended()).reversed());
    return out;
  }

  Optional<Head> head(Id check) {
    byte[] key = key(check, HEAD);
    return Optional.ofNullable(store.get(Table.LEAKS, key))
        .map(value -> LeakJson.read(sealer.open(value, key), Head.class));
  }

  /** The report of a check that there is, without receipt and signature. */
  Report report(Head head) {
    return ReportJson.read(open(key(head.id(), REPORT)));
  }

  /** Hands over the affected of a check that there is. */
  void affected(Head head, AffectedList.Visitor visitor) throws IOException {
    long subjects = 0;
    for (int chunk = 0; chunk < head.chunks(); chunk++) {
      byte[] rows = open(key(head.id(), FIRST_CHUNK + chunk));
      for (int at = 0; at + ROW_BYTES <= rows.length; at += ROW_BYTES) {
        visitor.affected(Id.read(rows, at), BigEndian.getLong(rows, at + Id.BYTES));
        subjects++;
      }
    }
    if (subjects != head.check().affected()) {
      throw new VaultException(
          ErrorCode.CORRUPT, "the list of the affected is not whole; run: strongroom verify");
    }
  }

  private byte[] open(byte[] key) {
    byte @Nullable [] value = store.get(Table.LEAKS, key);
    if (value == null) {
      throw new VaultException(
          ErrorCode.CORRUPT, "a kept leak check lacks a row; run: strongroom verify");
    }
    return sealer.open(value, key);
  }

  // ---- rows --------------------------------------------------------------------------------

  /** Takes the first row of each check. */
  private interface First {
    void row(byte[] key, byte[] value);
  }

  /** Leaps from check to check, past their chunks. */
  private void firstRows(First each) {
    byte[] from = new byte[0];
    while (true) {
      try (Store.Cursor cursor = store.scan(Table.LEAKS, new byte[0], from)) {
        if (!cursor.next()) {
          return;
        }
        byte[] key = cursor.key();
        if (key.length != KEY_BYTES) {
          throw new VaultException(
              ErrorCode.CORRUPT, "a row of the leak checks has not its length");
        }
        each.row(key, cursor.value());
        // One byte longer than the check's last possible key, so right behind it.
        from = Arrays.copyOf(key(Id.read(key, 0), -1), KEY_BYTES + 1);
      }
    }
  }

  static byte[] key(Id check, int part) {
    byte[] key = Arrays.copyOf(check.toArray(), KEY_BYTES);
    BigEndian.putInt(key, Id.BYTES, part);
    return key;
  }

  private static int part(byte[] key) {
    return BigEndian.getInt(key, Id.BYTES);
  }

  /** Fills chunks, and writes them a few at a time. */
  private final class Chunks implements AffectedList.Visitor {
    private final Asked asked;
    private final Id check;
    private final int of;
    private final LeakProgress progress;
    private final byte[] chunk = new byte[CHUNK_ROWS * ROW_BYTES];
    private Change change = new Change();
    private int filled;
    private int chunks;
    private long subjects;

    Chunks(Asked asked, Id check, int of, LeakProgress progress) {
      this.asked = asked;
      this.check = check;
      this.of = of;
      this.progress = progress;
    }

    @Override
    public void affected(Id subject, long fields) {
      subject.write(chunk, filled);
      BigEndian.putLong(chunk, filled + Id.BYTES, fields);
      filled += ROW_BYTES;
      subjects++;
      if (filled == chunk.length) {
        add();
      }
    }

    Listed end(long expected) throws IOException {
      if (subjects != expected) {
        throw new IOException("the list of the affected has another size than it said");
      }
      if (filled > 0) {
        add();
      }
      return new Listed(chunks, change);
    }

    private void add() {
      byte[] key = key(check, FIRST_CHUNK + chunks++);
      change.commit(Table.LEAKS, key, sealer.seal(Arrays.copyOf(chunk, filled), key));
      filled = 0;
      if (change.committed() == CHUNKS_AT_A_TIME) {
        write();
      }
    }

    private void write() {
      if (progress.cancelled()) {
        throw new VaultException(ErrorCode.CANCELLED, "the check was cancelled");
      }
      log.part(asked, check, chunks, of, change);
      change = new Change();
    }
  }
}

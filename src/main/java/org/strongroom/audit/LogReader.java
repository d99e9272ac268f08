package org.strongroom.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Reads the log, newest entries first, by whatever a {@link LogQuery} names. Holds a page of
 * entries at a time and no cursor between two pages, so neither a long log nor a slow reader costs
 * memory. Whether somebody may read is not asked here. Thread-safe.
 *
 * <p>Of several parts of a query the one that most likely leads to the fewest entries is walked:
 * the subject, then the kind, the actor, the purpose; the entries that it leads to are opened and
 * held against the others. Entries of hours outside the query's time are not opened.
 */
public final class LogReader {
  /** Entries opened at once. */
  static final int PAGE = 128;

  private static final int SMALLEST_PAGE = 16;

  private final Store store;
  private final EntryCodec codec;
  private final LogIndex index;

  public LogReader(Store store, EntryCodec codec, LogIndex index) {
    this.store = store;
    this.codec = codec;
    this.index = index;
  }

  /** Takes entries as they are found. */
  public interface Sink {
    void accept(long index, Entry entry) throws IOException;

    /** Called now and then: no entry at or above {@code index} is still to come. */
    default void passed(long index) throws IOException {}
  }

  /** How many durable entries there are. */
  public long size() {
    return Log.size(store);
  }

  /**
   * The entry at {@code index}, which is below {@link #size()}.
   *
   * @throws VaultException {@code CORRUPT}
   */
  public Entry entry(long index) {
    return open(index, store.get(Table.AUDIT_ENTRIES, BigEndian.ofLong(index)));
  }

  /**
   * Hands the entries that fit to {@code sink}, newest first.
   *
   * @param before only entries below this index; {@link Long#MAX_VALUE} for all
   * @param limit entries at most, from 1
   * @return what {@code before} to go on with, or empty when nothing is left
   * @throws IOException when the sink fails
   * @throws VaultException {@code CORRUPT} for an entry that is missing or does not open
   */
  public OptionalLong walk(LogQuery query, long before, long limit, Sink sink) throws IOException {
    long left = limit;
    long at = Math.min(before, size());
    byte @Nullable [] term = mostSelective(query);
    while (at > 0) {
      int most = (int) Math.min(PAGE, Math.max(left, SMALLEST_PAGE));
      List<Long> page = term == null ? byTime(query, at, most) : byTerm(query, term, at, most);
      List<byte @Nullable []> leaves =
          store.getAll(Table.AUDIT_ENTRIES, page.stream().map(BigEndian::ofLong).toList());
      for (int i = 0; i < page.size(); i++) {
        Entry entry = open(page.get(i), leaves.get(i));
        if (query.fits(entry)) {
          sink.accept(page.get(i), entry);
          if (--left == 0) {
            return page.get(i) == 0 ? OptionalLong.empty() : OptionalLong.of(page.get(i));
          }
        }
      }
      at = page.size() < most ? 0 : page.get(most - 1);
      sink.passed(at);
    }
    return OptionalLong.empty();
  }

  private byte @Nullable [] mostSelective(LogQuery query) {
    if (query.subject() != null) {
      return index.subject(query.subject());
    }
    if (query.kind() != null && !LogIndex.UNLISTED.contains(query.kind())) {
      return index.kind(query.kind());
    }
    if (query.actor() != null) {
      return index.actor(query.actor());
    }
    return query.purpose() == null ? null : index.purpose(query.purpose());
  }

  /** The next entries in hours that the query reaches; fewer than {@code most} at the end. */
  private List<Long> byTime(LogQuery query, long before, int most) {
    List<Long> out = new ArrayList<>(most);
    if (!query.isTimed()) {
      for (long i = before - 1; i >= 0 && out.size() < most; i--) {
        out.add(i);
      }
      return out;
    }
    try (HourRuns runs = new HourRuns(store, before)) {
      while (out.size() < most && runs.next()) {
        if (query.reaches(runs.hour())) {
          for (long i = runs.end() - 1; i >= runs.start() && out.size() < most; i--) {
            out.add(i);
          }
        }
      }
    }
    return out;
  }

  /** The next entries that a term leads to; fewer than {@code most} at the end. */
  private List<Long> byTerm(LogQuery query, byte[] term, long before, int most) {
    List<Long> out = new ArrayList<>(most);
    try (Store.Cursor rows = store.scan(Table.AUDIT_ABOUT, term, LogIndex.row(term, before - 1));
        HourRuns runs = new HourRuns(store, before)) {
      boolean known = query.isTimed() && runs.next();
      while (out.size() < most && rows.next()) {
        long found = LogIndex.indexOf(rows.key());
        while (known && runs.start() > found) {
          known = runs.next();
        }
        if (!known || query.reaches(runs.hour())) {
          out.add(found);
        }
      }
    }
    return out;
  }

  private Entry open(long at, byte @Nullable [] leaf) {
    return codec.open(Log.present(leaf, "entry", at));
  }
}

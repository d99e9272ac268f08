package org.strongroom.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Row;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Who had been shown whom, as the log has it. Whether somebody may ask is not asked here.
 * Thread-safe.
 */
public final class Exposures {
  /** Of one subject; of whom was shown more often, the newest count. */
  private static final int MAX_ROWS = 1000;

  /** Opened disclosures that are kept: an export is met again with every subject in it. */
  private static final int MAX_KEPT = 200_000;

  private final Store store;
  private final EntryCodec codec;
  private final LogIndex index;

  public Exposures(Store store, EntryCodec codec, LogIndex index) {
    this.store = store;
    this.codec = codec;
    this.index = index;
  }

  /**
   * One disclosure.
   *
   * @param at milliseconds since 1970
   * @param subjects how many it showed
   */
  public record Shown(long entry, long at, Id actor, String name, int subjects) {}

  /** How many entries the log has. */
  public long size() {
    return Log.size(store);
  }

  /**
   * When last somebody was shown, or something was written, in milliseconds since 1970; 0 for
   * never. Nearly every entry is of these kinds, so few are opened. The others, leak checks among
   * them, tell nothing of who was shown whom.
   */
  public long lastAt() {
    for (long at = size() - 1; at >= 0; at--) {
      Entry entry = open(at);
      if (LogIndex.UNLISTED.contains(entry.kind())) {
        return entry.at().toEpochMilli();
      }
    }
    return 0;
  }

  /** Begins to look at the entries below {@code before}. */
  public Walk upTo(long before) {
    return new Walk(before);
  }

  /** A look at the log as it was at some size. Thread-safe. */
  public final class Walk {
    private final long before;
    private final Map<Long, Shown> kept = new ConcurrentHashMap<>();

    private Walk(long before) {
      this.before = before;
    }

    /**
     * The disclosures of each subject, newest first.
     *
     * @throws VaultException {@code CORRUPT} when an entry is missing or does not open
     */
    public List<List<Shown>> of(List<Id> subjects) {
      List<byte[]> terms = subjects.stream().map(index::subject).toList();
      List<List<Row>> rows = store.scanAll(Table.AUDIT_ABOUT, terms, MAX_ROWS);
      Map<Long, Shown> known = opened(rows);
      List<List<Shown>> out = new ArrayList<>(subjects.size());
      for (List<Row> each : rows) {
        List<Shown> shown = new ArrayList<>(each.size());
        for (Row row : each) {
          @Nullable Shown one = known.get(LogIndex.indexOf(row.key()));
          if (one != null && one.subjects() > 0) {
            shown.add(one);
          }
        }
        out.add(shown);
      }
      return out;
    }

    private Map<Long, Shown> opened(List<List<Row>> rows) {
      Map<Long, Shown> out = new HashMap<>();
      TreeSet<Long> missing = new TreeSet<>();
      for (List<Row> each : rows) {
        for (Row row : each) {
          long at = LogIndex.indexOf(row.key());
          @Nullable Shown known = kept.get(at);
          if (known != null) {
            out.put(at, known);
          } else if (at < before) {
            missing.add(at);
          }
        }
      }
      List<Long> wanted = List.copyOf(missing);
      List<byte @Nullable []> leaves =
          store.getAll(Table.AUDIT_ENTRIES, wanted.stream().map(BigEndian::ofLong).toList());
      if (kept.size() > MAX_KEPT) {
        kept.clear();
      }
      for (int i = 0; i < leaves.size(); i++) {
        Shown one = shown(wanted.get(i), leaf(wanted.get(i), leaves.get(i)));
        out.put(one.entry(), one);
        kept.put(one.entry(), one);
      }
      return out;
    }
  }

  /** An entry that discloses nothing is one that showed nobody. */
  private static Shown shown(long at, Entry entry) {
    boolean disclosed = entry.kind() == Entry.Kind.DISCLOSURE && entry.about() != null;
    return new Shown(
        at,
        entry.at().toEpochMilli(),
        entry.by().actor(),
        entry.by().name(),
        disclosed && entry.about() != null ? entry.about().subjects().size() : 0);
  }

  private Entry open(long at) {
    return leaf(at, store.get(Table.AUDIT_ENTRIES, BigEndian.ofLong(at)));
  }

  private Entry leaf(long at, byte @Nullable [] leaf) {
    return codec.open(Log.present(leaf, "entry", at));
  }
}

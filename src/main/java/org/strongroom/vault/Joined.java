package org.strongroom.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;
import org.strongroom.store.Row;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/** Who the suspects of a batch may be: the strongest identifiers first, one trip for each. */
final class Joined {
  /** People who share a name and a birth date; beyond that the identifier tells nothing. */
  private static final int MAX_CANDIDATES = 16;

  static final int NOT_SOUGHT = -1;

  private final Shelf shelf;
  private final List<Suspect> suspects;
  private final List<List<Id>> found = new ArrayList<>();

  /** The index by which each was sought, or found; of the strongest first. */
  private final int[] by;

  private Joined(Shelf shelf, List<Suspect> suspects) {
    this.shelf = shelf;
    this.suspects = suspects;
    this.by = new int[suspects.size()];
    Arrays.fill(by, NOT_SOUGHT);
    suspects.forEach(suspect -> found.add(List.of()));
  }

  /** Seeks suspects by one index. */
  static List<@Nullable Lead> by(StoreView store, Shelf shelf, List<Suspect> suspects, int index) {
    Joined out = new Joined(shelf, suspects);
    out.search(store, index, IntStream.range(0, suspects.size()));
    return out.leads();
  }

  /** Seeks suspects by all indexes that are {@link #next}. */
  static List<@Nullable Lead> byAll(StoreView store, Shelf shelf, List<Suspect> suspects) {
    Joined out = new Joined(shelf, suspects);
    for (int i = 0; i < shelf.strongestFirst().size(); i++) {
      int index = i;
      IntStream all = IntStream.range(0, suspects.size());
      out.search(store, index, all.filter(each -> out.isNext(each, index)));
    }
    return out.leads();
  }

  /**
   * The index by which a suspect is to be sought: after one in vain, only by one that is strong; by
   * a weak one strangers would be met by chance.
   *
   * @param after the index by which he was sought last; {@value #NOT_SOUGHT} at first
   * @return {@value #NOT_SOUGHT} when there is none
   */
  static int next(Shelf shelf, Suspect suspect, int after) {
    List<Shelf.IndexKey> indexes = shelf.strongestFirst();
    for (int i = after + 1; i < indexes.size(); i++) {
      Shelf.IndexKey index = indexes.get(i);
      boolean strong = index.use() != Shelf.Use.SEARCH || index.positions().length == 1;
      if ((strong || after == NOT_SOUGHT) && says(suspect, index)) {
        return i;
      }
    }
    return NOT_SOUGHT;
  }

  private static boolean says(Suspect suspect, Shelf.IndexKey index) {
    for (int position : index.positions()) {
      if (suspect.at(position) == null) {
        return index.positions().length == 1
            && suspect.others().stream().anyMatch(other -> other.position() == position);
      }
    }
    return true;
  }

  /** The row prefix by which an index is read first for a suspect; null where it says nothing. */
  static byte @Nullable [] place(Suspect suspect, Shelf.IndexKey index) {
    List<byte[]> prefixes = new ArrayList<>(1);
    prefixes(suspect, index, prefixes);
    return prefixes.isEmpty() ? null : prefixes.get(0);
  }

  /** In the order of the suspects; null where nobody was found. */
  List<@Nullable Lead> leads() {
    List<@Nullable Lead> out = new ArrayList<>(found.size());
    for (int i = 0; i < by.length; i++) {
      out.add(found.get(i).isEmpty() ? null : new Lead(by[i], found.get(i)));
    }
    return out;
  }

  private boolean isNext(int suspect, int index) {
    return found.get(suspect).isEmpty() && next(shelf, suspects.get(suspect), by[suspect]) == index;
  }

  private void search(StoreView store, int number, IntStream who) {
    Shelf.IndexKey index = shelf.strongestFirst().get(number);
    List<byte[]> prefixes = new ArrayList<>();
    List<Integer> whose = new ArrayList<>();
    for (int i : who.toArray()) {
      by[i] = number;
      prefixes(suspects.get(i), index, prefixes);
      while (whose.size() < prefixes.size()) {
        whose.add(i);
      }
    }
    if (prefixes.isEmpty()) {
      return;
    }
    if (index.use() == Shelf.Use.SEARCH) {
      List<List<Row>> rows = store.scanAllInOrder(Table.INDEX, prefixes, MAX_CANDIDATES);
      for (int k = 0; k < rows.size(); k++) {
        for (Row row : rows.get(k)) {
          add(whose.get(k), number, row.key(), Layout.INDEX_PREFIX);
        }
      }
    } else {
      List<byte @Nullable []> rows = store.getAllInOrder(Table.INDEX, prefixes);
      for (int k = 0; k < rows.size(); k++) {
        byte @Nullable [] row = rows.get(k);
        if (row != null) {
          add(whose.get(k), number, row, 0);
        }
      }
    }
  }

  private void add(int suspect, int index, byte[] row, int offset) {
    Id subject = Id.read(row, offset);
    if (found.get(suspect).isEmpty()) {
      found.set(suspect, List.of(subject));
    } else if (!found.get(suspect).contains(subject)) {
      List<Id> more = new ArrayList<>(found.get(suspect));
      more.add(subject);
      found.set(suspect, more);
    }
    by[suspect] = index;
  }

  /** The row prefixes of a suspect's values, also of its further ones. */
  private static void prefixes(Suspect suspect, Shelf.IndexKey index, List<byte[]> out) {
    byte @Nullable [] prefix = index.prefixOf(suspect::at);
    if (prefix != null) {
      out.add(prefix);
    }
    int only = index.positions()[0];
    for (Suspect.Alternative other : suspect.others()) {
      if (other.position() == only && index.positions().length == 1) {
        byte[] more = index.prefix(new String[] {other.value()});
        if (!Arrays.equals(more, prefix)) {
          out.add(more);
        }
      }
    }
  }
}

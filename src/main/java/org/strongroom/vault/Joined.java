package org.strongroom.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;
import org.strongroom.store.Row;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/** Who the suspects of a batch may be: the strongest identifiers first, one trip for each. */
final class Joined {
  /** People who share a name and a birth date; beyond that the identifier tells nothing. */
  private static final int MAX_CANDIDATES = 16;

  private static final int NOT_SOUGHT = -1;

  private final Shelf shelf;
  private final List<Suspect> suspects;
  private final List<List<Id>> found = new ArrayList<>();

  /** The index by which each was sought, or found; of the strongest first. */
  private final int[] by;

  Joined(StoreView store, Shelf shelf, List<Suspect> suspects) {
    this.shelf = shelf;
    this.suspects = suspects;
    this.by = new int[suspects.size()];
    Arrays.fill(by, NOT_SOUGHT);
    suspects.forEach(suspect -> found.add(List.of()));
    List<Shelf.IndexKey> indexes = shelf.strongestFirst();
    for (int i = 0; i < indexes.size(); i++) {
      Shelf.IndexKey index = indexes.get(i);
      search(store, i, index.use() != Shelf.Use.SEARCH || index.positions().length == 1);
    }
  }

  /** In the order of the suspects; null where nobody was found. */
  List<@Nullable Lead> leads() {
    List<@Nullable Lead> out = new ArrayList<>(found.size());
    for (int i = 0; i < by.length; i++) {
      out.add(found.get(i).isEmpty() ? null : new Lead(by[i], found.get(i)));
    }
    return out;
  }

  /**
   * @param strong whether one that was sought by a stronger identifier in vain is sought by this
   *     one as well; by a weak one strangers would be met by chance
   */
  private void search(StoreView store, int number, boolean strong) {
    Shelf.IndexKey index = shelf.strongestFirst().get(number);
    List<byte[]> prefixes = new ArrayList<>();
    List<Integer> whose = new ArrayList<>();
    for (int i = 0; i < suspects.size(); i++) {
      if (found.get(i).isEmpty() && (strong || by[i] == NOT_SOUGHT)) {
        int before = prefixes.size();
        prefixes(suspects.get(i), index, prefixes);
        for (int k = before; k < prefixes.size(); k++) {
          whose.add(i);
        }
        if (prefixes.size() > before && by[i] == NOT_SOUGHT) {
          by[i] = number;
        }
      }
    }
    if (prefixes.isEmpty()) {
      return;
    }
    if (index.use() == Shelf.Use.SEARCH) {
      List<List<Row>> rows = store.scanAll(Table.INDEX, prefixes, MAX_CANDIDATES);
      for (int k = 0; k < rows.size(); k++) {
        for (Row row : rows.get(k)) {
          add(whose.get(k), number, row.key(), Layout.INDEX_PREFIX);
        }
      }
    } else {
      List<byte @Nullable []> rows = store.getAll(Table.INDEX, prefixes);
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

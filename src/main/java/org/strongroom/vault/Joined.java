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

  private final Shelf shelf;
  private final List<Suspect> suspects;
  private final List<List<Id>> found = new ArrayList<>();
  private final Shelf.@Nullable IndexKey[] by;

  Joined(StoreView store, Shelf shelf, List<Suspect> suspects) {
    this.shelf = shelf;
    this.suspects = suspects;
    this.by = new Shelf.@Nullable IndexKey[suspects.size()];
    suspects.forEach(suspect -> found.add(List.of()));
    Shelf.@Nullable IndexKey natural = shelf.naturalKey();
    if (natural != null) {
      search(store, natural, true);
    }
    search(store, shelf.identity(), true);
    for (Shelf.IndexKey index : shelf.searches()) {
      search(store, index, index.positions().length == 1);
    }
  }

  List<Id> subjects() {
    List<Id> out = new ArrayList<>(found.size());
    found.forEach(out::addAll);
    return out;
  }

  int candidates(int suspect) {
    return found.get(suspect).size();
  }

  Shelf.IndexKey by(int suspect) {
    Shelf.IndexKey index = by[suspect];
    return index == null ? shelf.identity() : index;
  }

  /**
   * @param strong whether one that was sought by a stronger identifier in vain is sought by this
   *     one as well; by a weak one strangers would be met by chance
   */
  private void search(StoreView store, Shelf.IndexKey index, boolean strong) {
    List<byte[]> prefixes = new ArrayList<>();
    List<Integer> whose = new ArrayList<>();
    for (int i = 0; i < suspects.size(); i++) {
      if (found.get(i).isEmpty() && (strong || by[i] == null)) {
        int before = prefixes.size();
        prefixes(suspects.get(i), index, prefixes);
        for (int k = before; k < prefixes.size(); k++) {
          whose.add(i);
        }
        if (prefixes.size() > before && by[i] == null) {
          by[i] = index;
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
          add(whose.get(k), index, row.key(), Layout.INDEX_PREFIX);
        }
      }
    } else {
      List<byte @Nullable []> rows = store.getAll(Table.INDEX, prefixes);
      for (int k = 0; k < rows.size(); k++) {
        byte @Nullable [] row = rows.get(k);
        if (row != null) {
          add(whose.get(k), index, row, 0);
        }
      }
    }
  }

  private void add(int suspect, Shelf.IndexKey index, byte[] row, int offset) {
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

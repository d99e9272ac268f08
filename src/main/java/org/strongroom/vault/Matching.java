package org.strongroom.vault;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Id;
import org.strongroom.keys.Custody;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Row;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Holds records from elsewhere against those of the vault, and tells how they compare: never what
 * is held. Who may ask, and how often, is for the caller to see to, and to log. Thread-safe.
 */
public final class Matching {
  private final Store store;
  private final Custody keys;
  private final RecordCodec codec;
  private final Catalogue catalogue;

  public Matching(Vault.Foundations on, Catalogue catalogue, Randomness random) {
    this.store = on.store();
    this.keys = on.custody();
    this.codec = new RecordCodec(new Sealer(random), on.header().id());
    this.catalogue = catalogue;
  }

  /**
   * Begins to compare with a collection as it is at this moment.
   *
   * @param asOf the moment at which ages count
   * @throws org.strongroom.kernel.VaultException {@code NOT_FOUND} for an unknown collection
   */
  public Run begin(String collection, Instant asOf) {
    return new Run(catalogue.shelf(collection), asOf);
  }

  /** One comparison, over the rows of one moment. Thread-safe; to be closed, and soon. */
  public final class Run implements AutoCloseable {
    private final Shelf shelf;
    private final Comparing comparing;
    private final Store.Snapshot moment;
    private final Versions versions;

    private Run(Shelf shelf, Instant asOf) {
      this.shelf = shelf;
      this.comparing = new Comparing(shelf, LocalDate.ofInstant(asOf, ZoneOffset.UTC));
      this.moment = store.snapshot();
      this.versions = new Versions(moment, keys, codec, shelf);
    }

    public CollectionSpec spec() {
      return shelf.spec();
    }

    /** How many indexes there are, by which suspects are sought; the strongest is the first. */
    public int indexes() {
      return shelf.strongestFirst().size();
    }

    /**
     * The index by which a suspect is to be sought next.
     *
     * @param after the one by which he was sought in vain; -1 at first
     * @return -1 when there is none
     */
    public int next(Suspect suspect, int after) {
      return Joined.next(shelf, suspect, after);
    }

    /**
     * Where an index has a suspect. Suspects that are sought by this order are found in rows that
     * lie beside each other, so that each block of the store is read once for many.
     *
     * @return as good as random; 0 for one of whom the index can say nothing
     */
    public long place(Suspect suspect, int index) {
      byte @Nullable [] prefix = Joined.place(suspect, shelf.strongestFirst().get(index));
      return prefix == null
          ? 0
          : BigEndian.getLong(prefix, Layout.INDEX_PREFIX - BlindIndex.BLIND_BYTES);
    }

    /**
     * Seeks suspects by one index.
     *
     * @return in their order; null for one whom it does not lead to anybody
     */
    public List<@Nullable Lead> seek(List<Suspect> suspects, int index) {
      return Joined.by(moment, shelf, suspects, index);
    }

    /**
     * Seeks suspects by the strongest identifiers that they have.
     *
     * @return in their order; null for one whose identifiers are nobody's here
     */
    public List<@Nullable Lead> seek(List<Suspect> suspects) {
      return Joined.byAll(moment, shelf, suspects);
    }

    /**
     * Compares what suspects say with all that is held of whom they led to. Fastest in the order of
     * the subjects.
     *
     * @param leads of {@link #seek}, in the order of the suspects
     * @return in that order; null for one that led to nobody who is still here
     * @throws org.strongroom.kernel.VaultException {@code CORRUPT} when what was found was tampered
     *     with
     */
    public List<@Nullable Compared> compare(List<Suspect> suspects, List<Lead> leads) {
      List<Id> subjects = new ArrayList<>(leads.size());
      leads.forEach(lead -> subjects.addAll(lead.subjects()));
      List<List<Versions.Opened>> held = versions.of(subjects);
      List<@Nullable Compared> out = new ArrayList<>(suspects.size());
      int at = 0;
      for (int i = 0; i < suspects.size(); i++) {
        Lead lead = leads.get(i);
        Shelf.IndexKey by = shelf.strongestFirst().get(lead.index());
        @Nullable Compared best = null;
        for (Id subject : lead.subjects()) {
          @Nullable Compared each = comparing.compare(suspects.get(i), by, subject, held.get(at++));
          best = best == null || (each != null && Comparing.better(each, best)) ? each : best;
        }
        out.add(best);
      }
      return out;
    }

    /**
     * Subjects drawn evenly: ids are random, so any run of them is. Walks on from the beginning
     * where the ids end.
     *
     * @param from where to begin
     * @param most at most
     */
    public List<Id> draw(Id from, int most) {
      List<Id> out = new ArrayList<>();
      walk(moment, from, most, out);
      if (out.size() < most) {
        List<Id> rest = new ArrayList<>();
        walk(moment, new Id(0, 0), most - out.size(), rest);
        rest.stream().filter(id -> id.compareTo(from) < 0).forEach(out::add);
      }
      return out;
    }

    /**
     * The first two digits of the subjects' ID numbers, in their order; {@link Compared#UNKNOWN}
     * for one that has no record in the collection.
     */
    public int[] regions(List<Id> subjects) {
      int[] out = new int[subjects.size()];
      List<List<Versions.Opened>> held = versions.newestOf(subjects);
      for (int i = 0; i < out.length; i++) {
        out[i] =
            held.get(i).isEmpty()
                ? Compared.UNKNOWN
                : comparing.region(held.get(i).get(0).values());
      }
      return out;
    }

    /**
     * Whether any index leads from a record to somebody whom the vault holds.
     *
     * @param records of the collection
     * @return in their order
     */
    public boolean[] meets(List<ValidRecord> records) {
      boolean[] out = new boolean[records.size()];
      for (Shelf.IndexKey index : shelf.strongestFirst()) {
        List<byte[]> prefixes = new ArrayList<>();
        List<Integer> whose = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
          byte @Nullable [] prefix = index.prefixOf(Shelf.Values.of(records.get(i)));
          if (prefix != null) {
            prefixes.add(prefix);
            whose.add(i);
          }
        }
        List<List<Row>> rows = moment.scanAll(Table.INDEX, prefixes, 1);
        for (int k = 0; k < rows.size(); k++) {
          out[whose.get(k)] |= !rows.get(k).isEmpty();
        }
      }
      return out;
    }

    /** Those of the subjects whose one record in the collection has never been changed. */
    public Set<Id> unchanged(List<Id> subjects) {
      List<byte[]> prefixes =
          subjects.stream().map(subject -> Layout.collectionPrefix(subject, shelf.id())).toList();
      List<List<Row>> rows = moment.scanAll(Table.RECORDS, prefixes, 2);
      Set<Id> out = new HashSet<>();
      for (int i = 0; i < rows.size(); i++) {
        if (rows.get(i).size() == 1) {
          byte[] key = Layout.requireLength(rows.get(i).get(0).key(), Layout.VERSION_KEY);
          if (Layout.versionOf(key) == 1) {
            out.add(subjects.get(i));
          }
        }
      }
      return out;
    }

    @Override
    public void close() {
      moment.close();
    }
  }

  private static void walk(StoreView store, Id from, int most, List<Id> out) {
    try (Store.Cursor cursor = store.scan(Table.RECORDS, new byte[0], from.toArray())) {
      while (out.size() < most && cursor.next()) {
        if (Layout.isDataKey(cursor.key())) {
          out.add(Id.read(cursor.key(), 0));
        }
      }
    }
  }
}

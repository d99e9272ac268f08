package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.SlowTree;

/** The log in a store, read from end to end and held against the slow model of the tree. */
final class LogReading {
  private static final byte[] ALL = new byte[0];

  private final List<Entry> entries = new ArrayList<>();
  private final List<Bytes> leafHashes = new ArrayList<>();

  /**
   * Reads the log of {@code store}; fails unless its indexes are consecutive, every entry opens,
   * and tiles and the rows that lead to entries are exactly those that follow from the entries.
   */
  LogReading(Store store, AuditKeys keys) {
    EntryCodec codec = keys.codec();
    TreeSet<Bytes> about = new TreeSet<>();
    List<String> hours = new ArrayList<>();
    long lastHour = -1;
    try (Store.Cursor cursor = store.scan(Table.AUDIT_ENTRIES, ALL)) {
      while (cursor.next()) {
        long index = entries.size();
        assertThat(cursor.key()).isEqualTo(BigEndian.ofLong(index));
        Entry entry = codec.open(cursor.value());
        entries.add(entry);
        leafHashes.add(SlowTree.leaf(cursor.value()));
        names(entry).forEach(name -> about.add(row(keys.blind(name), index)));
        long hour = entry.at().truncatedTo(ChronoUnit.HOURS).getEpochSecond() / 3600;
        if (hour != lastHour) {
          hours.add(0, index + "=" + hour);
          lastHour = hour;
        }
      }
    }
    assertThat(hoursOf(store)).isEqualTo(hours);
    assertThat(keys(store, Table.AUDIT_ABOUT)).isEqualTo(List.copyOf(about));
    assertThat(tilesOf(store)).isEqualTo(expectedTiles());
  }

  List<Entry> entries() {
    return entries;
  }

  Bytes root() {
    return SlowTree.root(leafHashes);
  }

  /** The names of the actors, in the log's order. */
  List<String> names() {
    return entries.stream().map(entry -> entry.by().name()).toList();
  }

  /** The checkpoint that the store keeps. */
  static Checkpoint checkpoint(Store store) {
    byte[] note = store.get(Table.META, "checkpoint".getBytes(StandardCharsets.UTF_8));
    return note == null
        ? new Checkpoint("none", 0, Bytes.owned(new byte[32]))
        : Checkpoint.ofNote(note);
  }

  private List<String> expectedTiles() {
    List<String> out = new ArrayList<>();
    for (int level = 0; level < 3; level++) {
      List<Bytes> hashes = SlowTree.level(leafHashes, level);
      for (int number = 0; number < hashes.size() / 256; number++) {
        StringBuilder tile = new StringBuilder();
        hashes.subList(number * 256, number * 256 + 256).forEach(hash -> tile.append(hash.hex()));
        out.add(level + "/" + number + "=" + tile);
      }
    }
    return out;
  }

  private static List<String> tilesOf(Store store) {
    List<String> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(Table.AUDIT_TILES, ALL)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        assertThat(key).hasSize(9);
        String tile = Bytes.owned(cursor.value()).hex();
        out.add(key[0] + "/" + BigEndian.getLong(key, 1) + "=" + tile);
      }
    }
    return out;
  }

  private static List<Bytes> keys(Store store, Table table) {
    List<Bytes> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(table, ALL)) {
      while (cursor.next()) {
        assertThat(cursor.value()).isEmpty();
        out.add(Bytes.owned(cursor.key()));
      }
    }
    return out;
  }

  /** What an entry is found by. */
  private static List<String> names(Entry entry) {
    List<String> out = new ArrayList<>();
    out.add("actor/" + entry.by().actor());
    if (entry.about() != null) {
      entry.about().subjects().forEach(subject -> out.add("subject/" + subject));
    }
    if (entry.basis() != null) {
      out.add("purpose/" + entry.basis().purpose());
    }
    if (entry.kind() != Entry.Kind.DISCLOSURE && entry.kind() != Entry.Kind.WRITE) {
      out.add("kind/" + entry.kind());
    }
    return out;
  }

  private static Bytes row(byte[] blind, long index) {
    byte[] key = Arrays.copyOf(blind, 24);
    BigEndian.putLong(key, 16, -1 - index);
    return Bytes.owned(key);
  }

  /** From the newest on. */
  private static List<String> hoursOf(Store store) {
    List<String> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(Table.AUDIT_HOURS, ALL)) {
      while (cursor.next()) {
        assertThat(cursor.key()).hasSize(8);
        long index = -1 - BigEndian.getLong(cursor.key(), 0);
        out.add(index + "=" + BigEndian.getLong(cursor.value(), 0));
      }
    }
    return out;
  }
}

package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.audit.Fault.Code.ALTERED;
import static org.strongroom.audit.Fault.Code.INSERTED;
import static org.strongroom.audit.Fault.Code.MISSING;
import static org.strongroom.audit.Fault.Code.ROLLED_BACK;
import static org.strongroom.audit.Fault.Code.SWAPPED;
import static org.strongroom.store.Table.AUDIT_ABOUT;
import static org.strongroom.store.Table.AUDIT_ENTRIES;
import static org.strongroom.store.Table.AUDIT_HOURS;
import static org.strongroom.store.Table.AUDIT_ROWS;
import static org.strongroom.store.Table.AUDIT_TILES;
import static org.strongroom.store.Table.BLOBS;
import static org.strongroom.store.Table.INDEX;
import static org.strongroom.store.Table.LEAKS;
import static org.strongroom.store.Table.LEAK_RANGES;
import static org.strongroom.store.Table.META;
import static org.strongroom.store.Table.RECORDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.strongroom.audit.Comparison;
import org.strongroom.audit.Fault;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/**
 * Somebody writes to the store of a closed vault, at the level of bytes, in every table and in
 * every way that there is: each is found and named, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TamperedVaultTest {
  private static final byte[] ALL = new byte[0];

  private Path directory;
  private World world;
  private LivedIn vault;

  /** Tampers, and says what must be found. */
  private interface Case {
    List<String> tamper(Tampering with);
  }

  @BeforeAll
  void live(@TempDir Path shared) throws IOException {
    directory = shared;
    world = World.founded(RocksStore.create(Files.createDirectories(directory.resolve("vault"))));
    vault = new LivedIn(world);
    world.close();
  }

  @Test
  void kinds_ofTampering_areMany() {
    assertThat(cases()).hasSizeGreaterThan(60);
  }

  Stream<String> names() {
    return cases().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_tamperedVault_namesIt(String name) {
    try (Store store = RocksStore.open(copy(name))) {
      List<String> expected =
          Objects.requireNonNull(cases().get(name)).tamper(new Tampering(store, vault));
      assertThat(Verified.of(world, store).named()).isEqualTo(expected.stream().sorted().toList());
    }
  }

  /** With a part for some ten rows, and one part at a time. */
  @Test
  void run_manyFaultsAndSmallParts_namesAll() {
    try (Store store = RocksStore.open(copy("many"))) {
      Tampering with = new Tampering(store, vault);
      List<String> expected = new ArrayList<>();
      for (byte[] key : versions(with)) {
        with.flip(RECORDS, key);
        expected.add(version(ALTERED, with, key));
      }
      Comparison small = new Comparison(Bytes.owned(new byte[32]), 31, 1);
      Verified verified = Verified.of(world, store, small);
      assertThat(verified.named()).isEqualTo(expected.stream().sorted().toList());
      assertThat(verified.summary().faults()).isEqualTo(expected.size());
    }
  }

  private Path copy(String name) {
    Path to = directory.resolve(name.replaceAll("[^a-z]", "-"));
    try (Stream<Path> files = Files.list(directory.resolve("vault"))) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  // ---- what is expected --------------------------------------------------------------------

  private static String fault(
      Fault.Code code, Table table, @Nullable Id subject, @Nullable Long entry) {
    return code.text() + " " + table + " " + subject + " " + entry;
  }

  private static String version(Fault.Code code, Tampering with, byte[] key) {
    return fault(code, RECORDS, Id.read(key, 0), with.entryOf(RECORDS, key));
  }

  private static String meta(Fault.Code code, Tampering with, byte[] key) {
    return fault(code, META, null, with.entryOf(META, key));
  }

  private static String log(Fault.Code code, Table table, long entry) {
    return fault(code, table, null, entry);
  }

  private static List<byte[]> keys(Tampering with, Table table) {
    List<byte[]> out = new ArrayList<>();
    with.rows(table, ALL).keySet().forEach(key -> out.add(key.toArray()));
    return out;
  }

  private static List<byte[]> versions(Tampering with) {
    List<byte[]> out = keys(with, RECORDS);
    out.removeIf(Layout::isDataKey);
    return out;
  }

  private static byte[] tile(int level, long number) {
    byte[] key = new byte[9];
    key[0] = (byte) level;
    BigEndian.putLong(key, 1, number);
    return key;
  }

  private static byte[] entry(long index) {
    return BigEndian.ofLong(index);
  }

  private static byte[] first(byte[] row, int bytes) {
    return Arrays.copyOf(row, bytes);
  }

  // ---- the table ---------------------------------------------------------------------------

  private Map<String, Case> cases() {
    Map<String, Case> out = new LinkedHashMap<>();
    records(out);
    keysAndPictures(out);
    index(out);
    meta(out);
    leakRanges(out);
    leaks(out);
    log(out);
    besideTheLog(out);
    return out;
  }

  private void records(Map<String, Case> out) {
    out.put("nothing", with -> List.of());
    for (String who : List.of("single", "bulk")) {
      out.put(
          "record flipped: " + who,
          with -> {
            byte[] key = with.of(who, RECORDS).get(0);
            with.flip(RECORDS, key);
            return List.of(version(ALTERED, with, key));
          });
      out.put(
          "record deleted: " + who,
          with -> {
            byte[] key = with.of(who, RECORDS).get(0);
            with.delete(RECORDS, key);
            return List.of(version(MISSING, with, key));
          });
    }
    out.put(
        "record cut",
        with -> {
          byte[] key = with.of("single", RECORDS).get(0);
          with.cut(RECORDS, key, 3);
          return List.of(version(ALTERED, with, key));
        });
    out.put(
        "newest version deleted",
        with -> {
          byte[] key = with.of("updated", RECORDS).get(0);
          with.delete(RECORDS, key);
          return List.of(version(ROLLED_BACK, with, key));
        });
    out.put(
        "oldest version deleted",
        with -> {
          byte[] key = with.of("updated", RECORDS).get(2);
          with.delete(RECORDS, key);
          return List.of(version(MISSING, with, key));
        });
    out.put(
        "older version in place of the newest",
        with -> {
          List<byte[]> keys = with.of("updated", RECORDS);
          with.copy(RECORDS, keys.get(1), keys.get(0));
          return List.of(version(ROLLED_BACK, with, keys.get(0)));
        });
    out.put(
        "records of two subjects swapped",
        with -> {
          byte[] one = with.of("single", RECORDS).get(0);
          byte[] other = with.of("bulk", RECORDS).get(0);
          with.swap(RECORDS, one, other);
          return List.of(version(SWAPPED, with, one), version(SWAPPED, with, other));
        });
    out.put(
        "record of another subject copied",
        with -> {
          byte[] one = with.of("single", RECORDS).get(0);
          with.copy(RECORDS, with.of("bulk", RECORDS).get(0), one);
          return List.of(version(SWAPPED, with, one));
        });
    out.put(
        "version inserted",
        with -> {
          byte[] key = with.of("single", RECORDS).get(0).clone();
          byte[] value = with.value(RECORDS, key);
          key[key.length - 1]--;
          with.put(RECORDS, key, value);
          return List.of(fault(INSERTED, RECORDS, with.subject("single"), null));
        });
    out.put(
        "record with a key of another length",
        with -> {
          byte[] key = with.of("single", RECORDS).get(0);
          with.put(RECORDS, first(key, 20), new byte[] {1});
          return List.of(fault(INSERTED, RECORDS, with.subject("single"), null));
        });
    out.put(
        "record of nobody",
        with -> {
          with.put(RECORDS, new byte[30], new byte[] {1});
          return List.of(
              fault(INSERTED, RECORDS, new Id(0, 0), null),
              fault(MISSING, RECORDS, new Id(0, 0), null));
        });
  }

  private void keysAndPictures(Map<String, Case> out) {
    out.put(
        "key flipped",
        with -> {
          with.flip(RECORDS, Layout.dataKey(with.subject("single")));
          return List.of(fault(ALTERED, RECORDS, with.subject("single"), null));
        });
    out.put(
        "key deleted",
        with -> {
          with.delete(RECORDS, Layout.dataKey(with.subject("photo")));
          return List.of(fault(MISSING, RECORDS, with.subject("photo"), null));
        });
    out.put(
        "keys swapped",
        with -> {
          Id one = with.subject("single");
          Id other = with.subject("cases");
          with.swap(RECORDS, Layout.dataKey(one), Layout.dataKey(other));
          return List.of(fault(SWAPPED, RECORDS, one, null), fault(SWAPPED, RECORDS, other, null));
        });
    out.put(
        "key of nobody",
        with -> {
          with.put(
              RECORDS,
              Layout.dataKey(new Id(0, 0)),
              with.value(RECORDS, Layout.dataKey(with.subject("single"))));
          return List.of(fault(INSERTED, RECORDS, new Id(0, 0), null));
        });
    out.put(
        "chunk flipped",
        with -> {
          with.flip(BLOBS, with.of("photo", BLOBS).get(1));
          return List.of(fault(ALTERED, BLOBS, with.subject("photo"), null));
        });
    out.put(
        "chunk deleted",
        with -> {
          with.delete(BLOBS, with.of("photo", BLOBS).get(0));
          return List.of(fault(MISSING, BLOBS, with.subject("photo"), null));
        });
    out.put(
        "picture deleted",
        with -> {
          List<byte[]> chunks = with.of("other photo", BLOBS);
          chunks.forEach(key -> with.delete(BLOBS, key));
          return chunks.stream()
              .map(key -> fault(MISSING, BLOBS, with.subject("other photo"), null))
              .toList();
        });
    out.put(
        "chunks of a picture swapped",
        with -> {
          List<byte[]> chunks = with.of("photo", BLOBS);
          with.swap(BLOBS, chunks.get(0), chunks.get(1));
          String fault = fault(SWAPPED, BLOBS, with.subject("photo"), null);
          return List.of(fault, fault);
        });
    out.put(
        "chunks of two subjects swapped",
        with -> {
          with.swap(BLOBS, with.of("photo", BLOBS).get(0), with.of("other photo", BLOBS).get(0));
          return List.of(
              fault(SWAPPED, BLOBS, with.subject("photo"), null),
              fault(SWAPPED, BLOBS, with.subject("other photo"), null));
        });
    out.put(
        "chunk behind the last",
        with -> {
          byte[] key = with.of("other photo", BLOBS).get(2).clone();
          byte[] value = with.value(BLOBS, key);
          key[key.length - 1]++;
          with.put(BLOBS, key, value);
          return List.of(fault(INSERTED, BLOBS, with.subject("other photo"), null));
        });
    out.put(
        "chunk of a picture that no record has",
        with -> {
          byte[] key = with.of("other photo", BLOBS).get(0).clone();
          byte[] value = with.value(BLOBS, key);
          key[20] ^= 1;
          with.put(BLOBS, key, value);
          return List.of(fault(INSERTED, BLOBS, with.subject("other photo"), null));
        });
  }

  private void index(Map<String, Case> out) {
    out.put(
        "identity row deleted",
        with -> {
          with.delete(INDEX, with.index("single", 18, 16).get(0));
          return List.of(fault(MISSING, INDEX, with.subject("single"), null));
        });
    out.put(
        "identity rows swapped",
        with -> {
          byte[] one = with.index("single", 18, 16).get(0);
          with.swap(INDEX, one, with.index("bulk", 18, 16).get(0));
          return List.of(
              fault(SWAPPED, INDEX, with.subject("single"), null),
              fault(SWAPPED, INDEX, with.subject("bulk"), null));
        });
    out.put(
        "search row deleted",
        with -> {
          with.delete(INDEX, with.index("single", 42, 0).get(0));
          return List.of(fault(MISSING, INDEX, with.subject("single"), null));
        });
    out.put(
        "search row inserted",
        with -> {
          byte[] row = with.index("single", 42, 0).get(0).clone();
          with.subject("bulk").write(row, 18);
          with.put(INDEX, row, ALL);
          return List.of(fault(INSERTED, INDEX, with.subject("bulk"), null));
        });
    out.put(
        "natural key leads to another record",
        with -> {
          byte[] row = with.index("cases", 18, 24).get(0);
          byte[] value = with.value(INDEX, row).clone();
          value[23] ^= 1;
          with.put(INDEX, row, value);
          return List.of(fault(ALTERED, INDEX, with.subject("cases"), null));
        });
    out.put(
        "index row of another length",
        with -> {
          with.put(INDEX, first(with.index("single", 18, 16).get(0), 17), ALL);
          return List.of(fault(INSERTED, INDEX, null, null));
        });
    out.put(
        "index row cut",
        with -> {
          with.cut(INDEX, with.index("single", 18, 16).get(0), 5);
          return List.of(fault(ALTERED, INDEX, with.subject("single"), null));
        });
  }

  private void leakRanges(Map<String, Case> out) {
    out.put(
        "range of a leak flipped",
        with -> {
          byte[] key = keys(with, LEAK_RANGES).get(1);
          with.flip(LEAK_RANGES, key);
          return List.of(fault(ALTERED, LEAK_RANGES, null, with.entryOf(LEAK_RANGES, key)));
        });
    out.put(
        "range of a leak deleted",
        with -> {
          byte[] key = keys(with, LEAK_RANGES).get(0);
          with.delete(LEAK_RANGES, key);
          return List.of(fault(MISSING, LEAK_RANGES, null, with.entryOf(LEAK_RANGES, key)));
        });
    out.put(
        "ranges of a leak swapped",
        with -> {
          List<byte[]> keys = keys(with, LEAK_RANGES);
          with.swap(LEAK_RANGES, keys.get(0), keys.get(2));
          String fault = fault(ALTERED, LEAK_RANGES, null, with.entryOf(LEAK_RANGES, keys.get(0)));
          return List.of(fault, fault);
        });
    out.put(
        "range of a leak inserted",
        with -> {
          byte[] key = keys(with, LEAK_RANGES).get(0).clone();
          key[9] ^= 1;
          with.put(LEAK_RANGES, key, new byte[] {1, 2});
          return List.of(fault(INSERTED, LEAK_RANGES, null, null));
        });
    out.put(
        "range of a leak with a short key",
        with -> {
          with.put(LEAK_RANGES, new byte[] {7}, ALL);
          return List.of(fault(INSERTED, LEAK_RANGES, null, null));
        });
    out.put(
        "list of a leak's ranges flipped",
        with -> {
          long entry = with.entryOf(LEAK_RANGES, keys(with, LEAK_RANGES).get(0));
          with.flip(AUDIT_ROWS, entry(entry));
          return List.of(log(ALTERED, AUDIT_ROWS, entry));
        });
  }

  private void meta(Map<String, Case> out) {
    out.put(
        "account flipped",
        with -> {
          byte[] key = with.meta("user/").get(0);
          with.flip(META, key);
          return List.of(meta(ALTERED, with, key));
        });
    out.put(
        "account deleted",
        with -> {
          byte[] key = with.meta("user/").get(1);
          with.delete(META, key);
          return List.of(meta(MISSING, with, key));
        });
    out.put(
        "accounts swapped",
        with -> {
          List<byte[]> keys = with.meta("user/");
          with.swap(META, keys.get(0), keys.get(1));
          return List.of(meta(SWAPPED, with, keys.get(0)), meta(SWAPPED, with, keys.get(1)));
        });
    out.put("rows of accounts as they were", this::rolledBack);
    out.put(
        "policy as it was",
        with -> {
          byte[] key = Tampering.text("policy");
          with.put(META, key, Objects.requireNonNull(vault.past.get("policy")));
          return List.of(meta(ROLLED_BACK, with, key));
        });
    out.put(
        "row that nobody wrote",
        with -> {
          with.put(META, Tampering.text("user/0123"), new byte[] {1});
          return List.of(fault(INSERTED, META, null, null));
        });
    out.put(
        "collection deleted",
        with -> {
          byte[] key = Tampering.text("collection/residents");
          with.delete(META, key);
          return List.of(meta(MISSING, with, key));
        });
    for (String name : List.of("vault", "keyset/accounts", "collection/cases", "policy/1")) {
      out.put(
          "flipped: " + name,
          with -> {
            byte[] key = Tampering.text(name);
            with.flip(META, key);
            return List.of(meta(ALTERED, with, key));
          });
    }
    out.put(
        "checkpoint flipped",
        with -> {
          with.flip(META, Tampering.text("checkpoint"));
          return List.of(fault(ALTERED, META, null, null));
        });
    out.put(
        "checkpoint deleted",
        with -> {
          with.delete(META, Tampering.text("checkpoint"));
          return List.of(fault(MISSING, META, null, null));
        });
  }

  /** Accounts that were changed since, and a token that was revoked. */
  private List<String> rolledBack(Tampering with) {
    List<String> expected = new ArrayList<>();
    vault.past.forEach(
        (name, value) -> {
          byte[] key = Tampering.text(name);
          boolean changed = !Arrays.equals(value, with.rows(META, key).get(Bytes.owned(key)));
          if (changed && !name.equals("policy")) {
            with.put(META, key, value);
            expected.add(meta(ROLLED_BACK, with, key));
          }
        });
    assertThat(expected).hasSize(3);
    return expected;
  }

  private void leaks(Map<String, Case> out) {
    byte[] one = LivedIn.leakRow(1, 0);
    byte[] other = LivedIn.leakRow(2, 0);
    out.put(
        "leak check flipped",
        with -> {
          with.flip(LEAKS, one);
          return List.of(leak(ALTERED, with, one));
        });
    out.put(
        "list of the affected cut",
        with -> {
          with.cut(LEAKS, LivedIn.leakRow(1, 2), 1);
          return List.of(leak(ALTERED, with, LivedIn.leakRow(1, 2)));
        });
    out.put(
        "leak check deleted",
        with -> {
          List<String> missing = new ArrayList<>();
          for (int part = 0; part < 3; part++) {
            byte[] key = LivedIn.leakRow(1, part);
            with.delete(LEAKS, key);
            missing.add(leak(MISSING, with, key));
          }
          return missing;
        });
    out.put(
        "leak checks swapped",
        with -> {
          with.swap(LEAKS, one, other);
          return List.of(leak(SWAPPED, with, one), leak(SWAPPED, with, other));
        });
    out.put(
        "leak check that nobody made",
        with -> {
          with.copy(LEAKS, one, LivedIn.leakRow(7, 0));
          return List.of(fault(INSERTED, LEAKS, null, null));
        });
    out.put(
        "leak check with a key of another length",
        with -> {
          with.put(LEAKS, first(one, 16), new byte[] {1});
          return List.of(fault(INSERTED, LEAKS, null, null));
        });
    out.put(
        "removed leak check put back",
        with -> {
          byte[] key = LivedIn.leakRow(4, 1);
          with.put(LEAKS, key, Tampering.text("check 4 part 1"));
          return List.of(leak(ROLLED_BACK, with, key));
        });
  }

  private static String leak(Fault.Code code, Tampering with, byte[] key) {
    return fault(code, LEAKS, null, with.entryOf(LEAKS, key));
  }

  private void log(Map<String, Case> out) {
    for (int from : new int[] {7, 268}) {
      String where = from < 256 ? " under a full tile" : " at the end";
      out.put(
          "entry flipped" + where,
          with -> {
            with.flip(AUDIT_ENTRIES, entry(from));
            return List.of(log(ALTERED, AUDIT_ENTRIES, from));
          });
      out.put(
          "entry deleted" + where,
          with -> {
            with.delete(AUDIT_ENTRIES, entry(from));
            return List.of(log(MISSING, AUDIT_ENTRIES, from));
          });
      out.put(
          "entries swapped" + where,
          with -> {
            long one = with.vault.alike.get(from < 256 ? 0 : 2);
            long other = with.vault.alike.get(from < 256 ? 1 : 3);
            with.swap(AUDIT_ENTRIES, entry(one), entry(other));
            return List.of(log(SWAPPED, AUDIT_ENTRIES, one), log(SWAPPED, AUDIT_ENTRIES, other));
          });
    }
    out.put(
        "last entry deleted",
        with -> {
          long last = with.entries() - 1;
          with.delete(AUDIT_ENTRIES, entry(last));
          return List.of(log(MISSING, AUDIT_ENTRIES, last));
        });
    out.put(
        "entry twice",
        with -> {
          long one = with.vault.alike.get(2);
          long other = with.vault.alike.get(3);
          with.copy(AUDIT_ENTRIES, entry(one), entry(other));
          return List.of(log(SWAPPED, AUDIT_ENTRIES, other));
        });
    out.put(
        "entry appended",
        with -> {
          long end = with.entries();
          with.put(AUDIT_ENTRIES, entry(end), new byte[200]);
          return List.of(log(INSERTED, AUDIT_ENTRIES, end));
        });
    out.put(
        "entry far behind the end",
        with -> {
          with.copy(AUDIT_ENTRIES, entry(5), entry(1L << 40));
          return List.of(fault(INSERTED, AUDIT_ENTRIES, null, null));
        });
    out.put(
        "tile flipped",
        with -> {
          with.flip(AUDIT_TILES, tile(0, 0));
          return List.of(log(ALTERED, AUDIT_TILES, 0));
        });
    out.put(
        "tile cut",
        with -> {
          with.cut(AUDIT_TILES, tile(0, 0), 32);
          return List.of(log(ALTERED, AUDIT_TILES, 0));
        });
    out.put(
        "tile deleted",
        with -> {
          with.delete(AUDIT_TILES, tile(0, 0));
          return List.of(log(MISSING, AUDIT_TILES, 0));
        });
    out.put(
        "tile inserted",
        with -> {
          with.copy(AUDIT_TILES, tile(0, 0), tile(1, 0));
          return List.of(fault(INSERTED, AUDIT_TILES, null, null));
        });
  }

  private void besideTheLog(Map<String, Case> out) {
    out.put(
        "list flipped",
        with -> {
          byte[] key = entry(with.entryOf(RECORDS, with.of("bulk", RECORDS).get(0)));
          with.flip(AUDIT_ROWS, key);
          return List.of(log(ALTERED, AUDIT_ROWS, BigEndian.getLong(key, 0)));
        });
    out.put(
        "list deleted",
        with -> {
          byte[] key = entry(with.entryOf(RECORDS, with.of("single", RECORDS).get(0)));
          with.delete(AUDIT_ROWS, key);
          return List.of(log(MISSING, AUDIT_ROWS, BigEndian.getLong(key, 0)));
        });
    out.put(
        "lists swapped",
        with -> {
          long one = with.entryOf(RECORDS, with.of("single", RECORDS).get(0));
          long other = with.entryOf(RECORDS, with.of("bulk", RECORDS).get(0));
          with.swap(AUDIT_ROWS, entry(one), entry(other));
          return List.of(log(SWAPPED, AUDIT_ROWS, one), log(SWAPPED, AUDIT_ROWS, other));
        });
    out.put(
        "list of an entry that wrote nothing",
        with -> {
          long one = with.vault.alike.get(0);
          with.copy(AUDIT_ROWS, entry(0), entry(one));
          return List.of(log(INSERTED, AUDIT_ROWS, one));
        });
    out.put(
        "list of no entry",
        with -> {
          with.copy(AUDIT_ROWS, entry(0), entry(with.entries() + 3));
          return List.of(fault(INSERTED, AUDIT_ROWS, null, null));
        });
    out.put(
        "row to an entry deleted",
        with -> {
          byte[] key = keys(with, AUDIT_ABOUT).get(20);
          with.delete(AUDIT_ABOUT, key);
          return List.of(log(MISSING, AUDIT_ABOUT, ~BigEndian.getLong(key, 16)));
        });
    out.put(
        "row to an entry inserted",
        with -> {
          byte[] key = keys(with, AUDIT_ABOUT).get(20).clone();
          key[3] ^= 1;
          with.put(AUDIT_ABOUT, key, ALL);
          return List.of(log(INSERTED, AUDIT_ABOUT, ~BigEndian.getLong(key, 16)));
        });
    out.put(
        "row to an entry with a value",
        with -> {
          byte[] key = keys(with, AUDIT_ABOUT).get(20);
          with.put(AUDIT_ABOUT, key, new byte[] {7});
          return List.of(log(ALTERED, AUDIT_ABOUT, ~BigEndian.getLong(key, 16)));
        });
    out.put(
        "row of an hour deleted",
        with -> {
          byte[] key = keys(with, AUDIT_HOURS).get(0);
          with.delete(AUDIT_HOURS, key);
          return List.of(log(MISSING, AUDIT_HOURS, ~BigEndian.getLong(key, 0)));
        });
    out.put(
        "row of an hour of another hour",
        with -> {
          byte[] key = keys(with, AUDIT_HOURS).get(0);
          with.put(AUDIT_HOURS, key, BigEndian.ofLong(7));
          return List.of(log(ALTERED, AUDIT_HOURS, ~BigEndian.getLong(key, 0)));
        });
    out.put(
        "row of an hour cut",
        with -> {
          byte[] key = keys(with, AUDIT_HOURS).get(0);
          with.put(AUDIT_HOURS, key, new byte[] {7});
          return List.of(log(ALTERED, AUDIT_HOURS, ~BigEndian.getLong(key, 0)));
        });
    out.put(
        "row of an hour inserted",
        with -> {
          byte[] first = keys(with, AUDIT_HOURS).get(0);
          byte[] key = BigEndian.ofLong(~(~BigEndian.getLong(first, 0) + 3));
          with.put(AUDIT_HOURS, key, BigEndian.ofLong(7));
          return List.of(log(INSERTED, AUDIT_HOURS, ~BigEndian.getLong(key, 0)));
        });
    out.put(
        "row that is no hour inserted",
        with -> {
          with.put(AUDIT_HOURS, new byte[] {1, 2, 3}, ALL);
          return List.of("inserted AUDIT_HOURS null null");
        });
  }
}

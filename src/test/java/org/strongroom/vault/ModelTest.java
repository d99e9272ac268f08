package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Id;
import org.strongroom.policy.Permission;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/** Random acts on a small population, held against a model that is slow and obvious. */
final class ModelTest {
  private static final int PEOPLE = 8;
  private static final int CASES = 10;
  private static final int ACTS = 150;
  private static final List<String> NAMES = List.of("李梅", "王刚", "Anna Berg");
  private static final List<String> BIRTHS = List.of("1990-03-07", "1990-03-08");
  private static final List<String> ROLES = List.of("victim", "witness");

  @TempDir Path directory;
  private @Nullable World open;

  /** A record: whose it is, and its versions, oldest first, as field values. */
  private record Held(int person, List<Map<String, String>> versions) {
    Map<String, String> newest() {
      return versions.get(versions.size() - 1);
    }
  }

  private final Map<Integer, Held> residents = new HashMap<>();

  /** By case number, in the order of their first coming. */
  private final Map<String, Held> cases = new LinkedHashMap<>();

  private final Map<Integer, Id> subjects = new HashMap<>();

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void vault_afterRandomActsAndRestarts_answersAsTheModel(long seed) {
    Random random = new Random(seed);
    World world = World.founded(RocksStore.create(directory.resolve("store")));
    open = world;
    for (int act = 0; act < ACTS; act++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> keepResidents(world, random);
        case 3, 4, 5 -> keepCases(world, random);
        case 6 -> findResidents(world, random, "resident_id");
        case 7 -> findResidents(world, random, "phone");
        case 8 -> findResidents(world, random, "name+date_of_birth");
        case 9 -> findCase(world, random);
        case 10 -> listCases(world, random);
        default -> {
          if (random.nextInt(4) == 0) {
            world.close();
            world = world.reopened(RocksStore.open(directory.resolve("store")));
            open = world;
          }
        }
      }
    }
    assertRowsFollowFromTheModel(world);
  }

  // ---- keeping -----------------------------------------------------------------------------

  private static Map<String, String> with(Random random, String field, String value) {
    return random.nextInt(3) == 0 ? Map.of() : Map.of(field, value);
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static ValidRecord record(World world, String collection, Map<String, String> values) {
    List<String> flat = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          flat.add(name);
          flat.add(value);
        });
    return world.record(collection, flat.toArray(new String[0]));
  }

  private void keepResidents(World world, Random random) {
    List<ValidRecord> records = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    List<Integer> whose = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      int person = random.nextInt(PEOPLE);
      Map<String, String> values = new HashMap<>();
      values.put("resident_id", People.residentId(person));
      values.put("name", any(random, NAMES));
      values.putAll(with(random, "date_of_birth", any(random, BIRTHS)));
      values.putAll(with(random, "phone", "+86" + People.phone(random.nextInt(3))));
      values.putAll(with(random, "ethnicity", "han"));
      records.add(record(world, "residents", values));
      whose.add(person);
      expected.add(keep(residents, person, person, values));
    }
    assertKept(world, records, whose, expected);
  }

  private void keepCases(World world, Random random) {
    List<ValidRecord> records = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    List<Integer> whose = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      int person = random.nextInt(PEOPLE);
      String number = "K-" + random.nextInt(CASES);
      // Mostly the owner's, or most records would be refused.
      if (cases.containsKey(number) && random.nextInt(5) > 0) {
        person = Objects.requireNonNull(cases.get(number)).person();
      }
      Map<String, String> values = new HashMap<>();
      values.put("case_number", number);
      values.put("resident_id", People.residentId(person));
      values.putAll(with(random, "role", any(random, ROLES)));
      values.putAll(with(random, "title", any(random, NAMES)));
      records.add(record(world, "cases", values));
      whose.add(person);
      expected.add(keep(cases, number, person, values));
    }
    assertKept(world, records, whose, expected);
  }

  /** Does to the model what the vault should do, and tells what comes of it. */
  private static <K> String keep(Map<K, Held> held, K key, int person, Map<String, String> values) {
    @Nullable Held record = held.get(key);
    if (record == null) {
      held.put(key, new Held(person, new ArrayList<>(List.of(values))));
      return "KEPT 1";
    }
    if (record.person() != person) {
      return "REJECTED 0";
    }
    if (record.newest().equals(values)) {
      return "UNCHANGED " + record.versions().size();
    }
    record.versions().add(values);
    return "UPDATED " + record.versions().size();
  }

  private void assertKept(
      World world, List<ValidRecord> records, List<Integer> whose, List<String> expected) {
    List<Kept> kept =
        world
            .vault
            .keep(People.CLERK, Permission.KEEP, records.get(0).spec().name(), records)
            .records();

    assertThat(kept)
        .extracting(each -> each.what() + " " + each.version())
        .containsExactlyElementsOf(expected);
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).what() != Kept.What.REJECTED) {
        Id subject = kept.get(i).subject();
        @Nullable Id before = subjects.put(whose.get(i), subject);
        assertThat(before == null ? subject : before).isEqualTo(subject);
      }
    }
    assertThat(new HashSet<>(subjects.values())).hasSize(subjects.size());
  }

  // ---- asking ------------------------------------------------------------------------------

  /** The versions that a question about this record brings, newest first. */
  private static List<Map<String, String>> shown(Held record, boolean history) {
    if (!history) {
      return List.of(record.newest());
    }
    List<Map<String, String>> out = new ArrayList<>(record.versions());
    Collections.reverse(out);
    return out;
  }

  private static List<Map<String, Object>> answer(
      World world, Random random, Asking ask, boolean history) {
    List<Map<String, Object>> out = new ArrayList<>();
    world
        .pages(People.INVESTIGATOR, history ? ask.history() : ask, 1 + random.nextInt(6))
        .forEach(page -> page.forEach(match -> out.add(match.fields())));
    return out;
  }

  private void findResidents(World world, Random random, String index) {
    boolean history = random.nextBoolean();
    Map<String, String> where = new HashMap<>();
    switch (index) {
      case "resident_id" -> where.put(index, People.residentId(random.nextInt(PEOPLE)));
      case "phone" -> where.put(index, "+86" + People.phone(random.nextInt(3)));
      default -> {
        where.put("name", any(random, NAMES));
        where.put("date_of_birth", any(random, BIRTHS));
      }
    }
    // Those who share a value come in the order of their subjects, which are random.
    List<Held> found =
        residents.values().stream()
            .filter(held -> held.newest().entrySet().containsAll(where.entrySet()))
            .sorted((a, b) -> subject(a.person()).compareTo(subject(b.person())))
            .toList();
    List<Map<String, String>> expected = new ArrayList<>();
    found.forEach(held -> expected.addAll(shown(held, history)));

    assertThat(answer(world, random, Asking.seriousCrime().where(where), history))
        .isEqualTo(expected);
  }

  private Id subject(int person) {
    return Objects.requireNonNull(subjects.get(person));
  }

  private void findCase(World world, Random random) {
    boolean history = random.nextBoolean();
    String number = "K-" + random.nextInt(CASES);
    @Nullable Held held = cases.get(number);

    assertThat(
            answer(
                world,
                random,
                Asking.seriousCrime().of("cases").where("case_number", number),
                history))
        .isEqualTo(held == null ? List.of() : shown(held, history));
  }

  private void listCases(World world, Random random) {
    boolean history = random.nextBoolean();
    int person = random.nextInt(PEOPLE);
    Asking ask = Asking.seriousCrime().of("cases");
    @Nullable Id subject = subjects.get(person);
    List<Map<String, String>> expected = new ArrayList<>();
    List<Held> newestFirst = new ArrayList<>(cases.values());
    Collections.reverse(newestFirst);
    for (Held held : newestFirst) {
      if (held.person() == person) {
        expected.addAll(shown(held, history));
      }
    }

    assertThat(
            answer(
                world,
                random,
                subject == null || random.nextBoolean() ? ask.person(person) : ask.about(subject),
                history))
        .isEqualTo(expected);
  }

  private void assertRowsFollowFromTheModel(World world) {
    List<Held> all = new ArrayList<>(residents.values());
    all.addAll(cases.values());
    int rows = subjects.size() + cases.size();
    for (Held resident : residents.values()) {
      rows += resident.newest().containsKey("phone") ? 1 : 0;
      rows += resident.newest().containsKey("date_of_birth") ? 1 : 0;
    }

    assertThat(world.versions())
        .hasSize(all.stream().mapToInt(held -> held.versions().size()).sum());
    assertThat(world.dataKeys()).hasSize(subjects.size());
    assertThat(world.rows(Table.INDEX)).hasSize(rows);
    assertThat(world.rows(Table.BLOBS)).isEmpty();
  }
}

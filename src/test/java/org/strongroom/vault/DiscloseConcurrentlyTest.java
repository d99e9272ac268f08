package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/** Many who ask at one time are looked up together, and each is told of whom it asked for. */
final class DiscloseConcurrentlyTest {
  private static final int THREADS = 16;
  private static final int PEOPLE = 40;
  private static final int ROUNDS = 100;

  /** These have a second version. */
  private static final int EVERY_CHANGED = 3;

  @TempDir Path directory;
  private World world;
  private final Map<Integer, Id> subjects = new HashMap<>();

  @BeforeEach
  void found() {
    world = World.founded(RocksStore.create(directory.resolve("store")));
    for (int i = 0; i < PEOPLE; i++) {
      Kept kept = world.keep(world.resident(i, "before " + i, People.phone(i)));
      subjects.put(i, kept.subject());
      if (i % EVERY_CHANGED == 0) {
        world.keep(world.resident(i, "now " + i, People.phone(i)));
      }
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static String name(int person) {
    return (person % EVERY_CHANGED == 0 ? "now " : "before ") + person;
  }

  private List<Answer.Match> find(int person) {
    return world.matches(People.CLERK, new Asking().person(person));
  }

  /** Asks for each person in turn, from another one on in each thread. */
  private <T> List<T> askAround(IntFunction<T> find) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<T>>> futures = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        futures.add(
            pool.submit(
                () -> {
                  List<T> out = new ArrayList<>();
                  for (int i = 0; i < ROUNDS; i++) {
                    // The last two are unknown.
                    out.add(find.apply((thread * 7 + i) % (PEOPLE + 2)));
                  }
                  return out;
                }));
      }
      List<T> out = new ArrayList<>();
      for (Future<List<T>> future : futures) {
        out.addAll(future.get());
      }
      return out;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void disclose_manyAtOnce_showsEachWhomItAskedForAndLogsEachOnce() throws Exception {
    int before = world.log().size();

    List<String> wrong =
        askAround(
            person -> {
              List<Answer.Match> matches = find(person);
              if (person >= PEOPLE) {
                return matches.isEmpty() ? "" : "found a stranger";
              }
              Answer.Match match = matches.get(0);
              boolean right =
                  matches.size() == 1
                      && match.subject().equals(subjects.get(person))
                      && name(person).equals(match.fields().get("name"));
              return right ? "" : "another than " + person;
            });

    assertThat(wrong).hasSize(THREADS * ROUNDS).containsOnly("");
    List<Entry> log = world.log();
    assertThat(log).hasSize(before + THREADS * ROUNDS);
    Map<List<Id>, Integer> logged = new HashMap<>();
    for (Entry entry : log.subList(before, log.size())) {
      assertThat(entry.kind()).isEqualTo(Entry.Kind.DISCLOSURE);
      logged.merge(Objects.requireNonNull(entry.about()).subjects(), 1, Integer::sum);
    }
    Map<List<Id>, Integer> asked = new HashMap<>();
    for (int t = 0; t < THREADS; t++) {
      for (int i = 0; i < ROUNDS; i++) {
        int person = (t * 7 + i) % (PEOPLE + 2);
        asked.merge(person < PEOPLE ? List.of(subjects.get(person)) : List.of(), 1, Integer::sum);
      }
    }
    assertThat(logged).isEqualTo(asked);
  }

  @Test
  void disclose_manyAtOnceAndOneTamperedWith_refusesWhomItConcernsAlone() throws Exception {
    int tampered = 5;
    Shelf shelf = world.catalogue.shelf("residents");
    byte[] row = shelf.identity().prefix(new String[] {People.residentId(tampered)});
    world.overwrite(Table.INDEX, Bytes.owned(row), new byte[15]);

    List<String> wrong =
        askAround(
            person -> {
              try {
                int found = find(person).size();
                return found == (person < PEOPLE ? 1 : 0) && person != tampered ? "" : "shown";
              } catch (VaultException e) {
                return e.code() == ErrorCode.CORRUPT && person == tampered ? "" : "refused";
              }
            });

    assertThat(wrong).hasSize(THREADS * ROUNDS).containsOnly("");
  }
}

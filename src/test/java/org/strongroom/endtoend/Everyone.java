package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.strongroom.app.Inside;

/** Looks for every person of a register in a vault. */
final class Everyone {
  /** Each find waits for its entry in the log; many at once share one write to the disk. */
  private static final int AT_ONCE = 64;

  private static final int GROUP = 4096;

  /** Where they are looked for. Thread-safe. */
  interface Vault {
    List<Seen> find(Map<String, String> where) throws Exception;
  }

  /** One match, as an investigator is shown it. */
  record Seen(int version, Map<String, Object> fields) {}

  /** A vault that is open in this process. */
  static Vault in(Inside vault) {
    return where ->
        vault.find(where, false).stream().map(it -> new Seen(it.version(), it.fields())).toList();
  }

  private final Vault vault;
  private final int version;

  private final List<String> fields;

  private Everyone(Vault vault, int version, List<String> fields) {
    this.vault = vault;
    this.version = version;
    this.fields = fields;
  }

  /**
   * Demands that each person who must be kept is found by each of {@code fields}, alone, with just
   * what the truth says, as version {@code version}.
   *
   * @return how many there were
   */
  static long requireFound(Vault vault, Register register, int version, String... fields) {
    Everyone everyone = new Everyone(vault, version, List.of(fields));
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try (Stream<Register.Person> people = register.people()) {
      long count = 0;
      Iterator<Register.Person> kept = people.filter(Register.Person::kept).iterator();
      while (kept.hasNext()) {
        List<Callable<Void>> group = new ArrayList<>(GROUP);
        while (kept.hasNext() && group.size() < GROUP) {
          Register.Person person = kept.next();
          group.add(() -> everyone.require(person));
        }
        for (Future<Void> each : pool.invokeAll(group)) {
          each.get();
        }
        count += group.size();
      }
      return count;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("not everyone is as they should be", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Void require(Register.Person person) throws Exception {
    for (String field : fields) {
      requireAlone(person, field, person.value(field));
    }
    return null;
  }

  private void requireAlone(Register.Person person, String field, String value) throws Exception {
    List<Seen> found = vault.find(Map.of(field, value));
    assertThat(found).as("record %d by %s", person.n(), field).hasSize(1);
    assertThat(found.get(0).fields()).as("record %d", person.n()).isEqualTo(person.fields());
    assertThat(found.get(0).version()).as("record %d", person.n()).isEqualTo(version);
  }
}

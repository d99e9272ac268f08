package org.strongroom.leak;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.strongroom.app.TestVault;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Id;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Draft;
import org.strongroom.schema.ValidRecord;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;
import org.strongroom.vault.Answer;
import org.strongroom.vault.Question;

/**
 * A vault with a known past: residents of whom some move or change their number every day, and
 * readers who look at them. What was true on which day, and who was shown whom, is known.
 */
final class Town implements AutoCloseable {
  /** Index of the first synthetic resident who is not of this town. */
  static final int STRANGERS = 5_000_000;

  private static final int ELSEWHERE = 1_000_000;
  private static final Duration DAY = Duration.ofDays(1);

  final TestVault vault;
  final int size;
  private final Residents residents;
  private final Random random;
  private final CollectionSpec spec;
  private final List<List<Map<String, String>>> pasts = new ArrayList<>();
  private final List<Instant> ends = new ArrayList<>();
  private int serial = ELSEWHERE;

  Town(Path directory, int size, long seed) {
    this.vault = new TestVault(directory);
    this.size = size;
    this.random = new Random(seed);
    this.residents =
        new Residents(seed, LocalDate.ofInstant(vault.now(), ZoneOffset.UTC).minusDays(1));
    this.spec = vault.catalogue().spec("residents");
    List<Map<String, String>> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Map<String, String> one = fields(residents.get(i));
      pasts.add(new ArrayList<>(List.of(one)));
      all.add(one);
    }
    keep(all);
    endDay();
  }

  /** Lets days go by, on each of which some residents change. */
  void live(int days, int changesADay) {
    for (int day = 0; day < days; day++) {
      List<Map<String, String>> changed = new ArrayList<>();
      for (int k = 0; k < changesADay; k++) {
        int i = random.nextInt(size);
        Map<String, String> now = new TreeMap<>(of(i, today()));
        Resident other = residents.get(serial++);
        if (random.nextBoolean()) {
          now.put("address", other.address());
        } else if (other.phone() != null) {
          now.put("phone", other.phone());
        }
        changed.add(now);
        past(i).set(today() + 1, now);
      }
      keep(changed);
      endDay();
    }
  }

  private List<Map<String, String>> past(int i) {
    List<Map<String, String>> past = pasts.get(i);
    while (past.size() <= today() + 1) {
      past.add(past.get(past.size() - 1));
    }
    return past;
  }

  /** The last day that ended, from 0. */
  int today() {
    return ends.size() - 1;
  }

  /** A moment of the night after a day: nothing changed for half a day before and after. */
  Instant nightAfter(int day) {
    return ends.get(day);
  }

  /** What was held of a resident when a day ended. */
  Map<String, String> of(int i, int day) {
    List<Map<String, String>> past = pasts.get(i);
    return past.get(Math.min(day, past.size() - 1));
  }

  /** Somebody who was never held here. */
  Map<String, String> stranger(int i) {
    return fields(residents.get(STRANGERS + i));
  }

  /** Shows a resident to a reader. */
  void show(Actor reader, int i) {
    Answer answer =
        vault
            .vault()
            .disclose(
                reader,
                new Question(
                    "residents",
                    Map.of("resident_id", of(i, today()).get("resident_id")),
                    Optional.empty(),
                    "identity-check",
                    Optional.empty(),
                    Question.Page.FIRST,
                    false));
    if (!(answer instanceof Answer.Disclosed shown) || shown.matches().size() != 1) {
      throw new AssertionError("the resident was not shown");
    }
  }

  /** A reader of that name. */
  static Actor reader(int number) {
    return new Actor(new Id(77, number), "reader." + number, Set.of("clerk"), Actor.Kind.USER);
  }

  private void keep(List<Map<String, String>> records) {
    List<ValidRecord> valid = new ArrayList<>();
    for (Map<String, String> record : records) {
      Draft draft = new Draft(spec.fieldCount());
      record.forEach((name, value) -> draft.set(spec.position(name), value));
      valid.add((ValidRecord) spec.check(draft));
      if (valid.size() == 1000) {
        vault.vault().keep(vault.operator(), Permission.IMPORT, "residents", valid);
        valid.clear();
      }
    }
    if (!valid.isEmpty()) {
      vault.vault().keep(vault.operator(), Permission.IMPORT, "residents", valid);
    }
  }

  private void endDay() {
    vault.pass(DAY.dividedBy(2));
    ends.add(vault.now());
    vault.pass(DAY.dividedBy(2));
  }

  private static Map<String, String> fields(Resident resident) {
    Map<String, String> out = new TreeMap<>();
    out.put("resident_id", resident.residentId());
    out.put("name", resident.name());
    out.put("sex", resident.sex());
    out.put("date_of_birth", resident.dateOfBirth());
    out.put("ethnicity", resident.ethnicity());
    out.put("address", resident.address());
    out.put("education", resident.education());
    if (resident.phone() != null) {
      out.put("phone", resident.phone());
    }
    return out;
  }

  @Override
  public void close() {
    vault.close();
  }
}

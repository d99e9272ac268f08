package org.strongroom.leak;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Exposures;
import org.strongroom.audit.Exposures.Shown;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Id;
import org.strongroom.leak.judge.Candidate;
import org.strongroom.leak.judge.SourceRanking;
import org.strongroom.leak.report.Report;
import org.strongroom.vault.Matching;

/**
 * Through whom: looks up in the log who had been shown the subjects of the sample before it was
 * taken, and, for comparison, subjects of the vault that are not in it, from the same provinces in
 * the same parts. So neither a long log nor a large vault makes a check longer.
 */
final class Trail {
  /** Subjects to compare with, if the vault has that many. */
  private static final int CONTROL = 20_000;

  /** Subjects among whom those are looked for. */
  private static final int DRAWN = 50_000;

  /** A disclosure of so many subjects at once is an export, and a source by itself. */
  private static final int EXPORT = 100;

  /** The part of the sample whose regions may have fewer to compare with. */
  private static final double LEFT_OUT = 0.05;

  private static final int BATCH = 500;

  private final Matching.Run vault;
  private final Exposures.Walk log;
  private final Accounts accounts;
  private final int workers;
  private final LeakProgress progress;

  Trail(
      Matching.Run vault,
      Exposures.Walk log,
      Accounts accounts,
      int workers,
      LeakProgress progress) {
    this.vault = vault;
    this.log = log;
    this.accounts = accounts;
    this.workers = workers;
    this.progress = progress;
  }

  /** Subjects of the vault, some of whom may be in the sample. */
  List<Id> draw(Id from) {
    return vault.draw(from, DRAWN);
  }

  /**
   * Ranks the sources.
   *
   * @param examined subjects of the sample
   * @param others subjects that are not in it
   * @param until the end of the window, in milliseconds since 1970
   */
  Report.Sources follow(
      List<Draw.Drawn> examined, List<Id> others, long until, List<Report.CanaryHit> canaries)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(workers, Workers::daemon);
    try {
      List<Id> subjects = examined.stream().map(Draw.Drawn::subject).toList();
      List<Id> control = inProportion(examined, byRegion(pool, others));
      Sources sources = new Sources(until);
      List<int[]> ofSubjects = sources.all(batched(pool, subjects, log::of));
      List<int[]> ofControl = sources.all(batched(pool, control, log::of));
      return SourceRanking.rank(ofSubjects, ofControl, sources.candidates, canaries);
    } finally {
      Workers.end(pool);
    }
  }

  private Map<Integer, Deque<Id>> byRegion(ExecutorService pool, List<Id> subjects)
      throws IOException {
    List<Integer> regions =
        batched(pool, subjects, batch -> Arrays.stream(vault.regions(batch)).boxed().toList());
    Map<Integer, Deque<Id>> out = new TreeMap<>();
    for (int i = 0; i < subjects.size(); i++) {
      out.computeIfAbsent(regions.get(i), region -> new ArrayDeque<>()).add(subjects.get(i));
    }
    return out;
  }

  /**
   * Of each region as large a part as the sample has of it. How many for each of the sample is
   * settled by the regions of which there are fewest; those with the last twentieth of the sample
   * give what they have.
   */
  private static List<Id> inProportion(
      List<Draw.Drawn> examined, Map<Integer, Deque<Id>> byRegion) {
    Map<Integer, Integer> wanted = new TreeMap<>();
    examined.forEach(each -> wanted.merge(each.region(), 1, Integer::sum));
    Map<Integer, Double> share = new TreeMap<>();
    wanted.forEach(
        (region, count) -> {
          int there = byRegion.getOrDefault(region, new ArrayDeque<>()).size();
          share.put(region, (double) there / count);
        });
    List<Integer> scarcest =
        share.keySet().stream().sorted(Comparator.comparingDouble(share::get)).toList();
    double most = (double) CONTROL / Math.max(1, examined.size());
    int passed = 0;
    for (Integer region : scarcest) {
      passed += wanted.getOrDefault(region, 0);
      if (passed > examined.size() * LEFT_OUT) {
        most = Math.min(most, share.getOrDefault(region, 0.0));
        break;
      }
    }
    List<Id> out = new ArrayList<>();
    double each = most;
    wanted.forEach(
        (region, count) -> {
          Deque<Id> there = byRegion.getOrDefault(region, new ArrayDeque<>());
          for (long i = Math.round(each * count); i > 0 && !there.isEmpty(); i--) {
            out.add(there.remove());
          }
        });
    return out;
  }

  /** Does something with many subjects, side by side; the results in their order. */
  private <T> List<T> batched(ExecutorService pool, List<Id> ids, Lookup<T> lookup)
      throws IOException {
    List<T> out = new ArrayList<>(ids.size());
    Deque<Future<List<T>>> working = new ArrayDeque<>();
    for (int i = 0; i < ids.size(); i += BATCH) {
      List<Id> batch = ids.subList(i, Math.min(ids.size(), i + BATCH));
      working.add(pool.submit(() -> lookup.of(batch)));
      if (working.size() > 2 * workers) {
        out.addAll(Workers.result(working.remove()));
        Workers.requireGoingOn(progress);
      }
    }
    while (!working.isEmpty()) {
      out.addAll(Workers.result(working.remove()));
    }
    return out;
  }

  /** One result for each subject. */
  private interface Lookup<T> {
    List<T> of(List<Id> subjects);
  }

  /** Disclosures to sources: an account, its agency, and an export by itself. */
  private final class Sources {
    private final long until;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final Map<Id, int[]> ofActors = new HashMap<>();

    Sources(long until) {
      this.until = until;
    }

    List<int[]> all(List<List<Shown>> shown) {
      return shown.stream().map(this::of).toList();
    }

    private int[] of(List<Shown> shown) {
      int[] out = new int[3 * shown.size()];
      int length = 0;
      for (Shown each : shown) {
        if (each.at() >= until) {
          continue;
        }
        for (int source : ofActors.computeIfAbsent(each.actor(), id -> actor(id, each.name()))) {
          out[length++] = source;
        }
        if (each.subjects() >= EXPORT) {
          String name = "#" + each.entry() + " by " + each.name();
          out[length++] = number(each.entry(), new Candidate("export", name));
        }
      }
      return Arrays.stream(out, 0, length).sorted().distinct().toArray();
    }

    private int[] actor(Id id, String name) {
      Accounts.@Nullable Account account = accounts.of(id).orElse(null);
      String kind =
          id.equals(Actor.OPERATOR_ID)
              ? "operator"
              : account != null && account.kind() == Actor.Kind.CLIENT ? "application" : "user";
      int self = number(id, new Candidate(kind, name));
      return account == null || account.agency().isEmpty()
          ? new int[] {self}
          : new int[] {
            self, number(account.agency().get(), new Candidate("agency", account.agency().get()))
          };
    }

    private int number(Object key, Candidate candidate) {
      @Nullable Integer known = numbers.get(key);
      if (known == null) {
        known = candidates.size();
        numbers.put(key, known);
        candidates.add(candidate);
      }
      return known;
    }
  }
}

package org.strongroom.leak.lookup;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Sequencer;
import org.strongroom.crypto.Randomness;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.vault.Vault;

/**
 * Where leaks are registered, and asked about by who has an account. Says what the limits are; what
 * they are worth stands in docs/leak-lookup.md. Each range and each evaluation that is answered is
 * an entry of the log, without what was asked. Thread-safe.
 */
public final class LookupDesk {
  /** How many blinded identifiers one call takes. */
  public static final int MAX_EVALUATIONS = 10;

  /** Of an account. Each is one guess at a telephone or ID number. */
  public static final int EVALUATIONS_PER_HOUR = 20;

  /** Of an account. Some 27 days for all ranges of a kind. */
  public static final int RANGES_PER_HOUR = 100;

  /** Answers have so many lines, or twice, three times as many and so on. */
  public static final int LINES = 64;

  private final Vault vault;
  private final RegisteredLeaks leaks;
  private final LeakRanges ranges;
  private final LookupKeys keys;
  private final Registrar registrar;
  private final Sequencer sequencer;
  private final Randomness random;
  private final Clock clock;
  private final Allowance evaluations;
  private final Allowance answers;

  /** What leaks are looked up by and registered with. */
  public record Shelf(
      RegisteredLeaks leaks, LeakRanges ranges, LookupKeys keys, Registrar registrar) {}

  public LookupDesk(Vault vault, Shelf shelf, Sequencer sequencer, Randomness random, Clock clock) {
    this.vault = vault;
    this.leaks = shelf.leaks();
    this.ranges = shelf.ranges();
    this.keys = shelf.keys();
    this.registrar = shelf.registrar();
    this.sequencer = sequencer;
    this.random = random;
    this.clock = clock;
    this.evaluations = new Allowance(EVALUATIONS_PER_HOUR, clock);
    this.answers = new Allowance(RANGES_PER_HOUR, clock);
  }

  /** The time by which it goes. */
  public Clock clock() {
    return clock;
  }

  /** What {@code actor} may ask, as {@link LookupPort} says. */
  public LookupPort as(Actor actor) {
    return new LookupPort() {
      @Override
      public List<Leak> leaks() {
        vault.require(actor, Permission.LOOK_UP_LEAK);
        return leaks.registered();
      }

      @Override
      public String range(LookupKind kind, String prefix) {
        return answer(actor, kind, prefix);
      }

      @Override
      public List<Bytes> evaluate(List<Bytes> blinded) {
        return evaluated(actor, blinded);
      }
    };
  }

  /**
   * Demands that the actor may register leaks, before anything is read of a sample.
   *
   * @throws VaultException {@code DENIED}
   */
  public void requireMayRegister(Actor actor) {
    vault.require(actor, Permission.REGISTER_LEAK);
  }

  /**
   * Registers a leak.
   *
   * @throws VaultException {@code DENIED}; {@code BAD_REQUEST} when there is no identifier in the
   *     sample; {@code CANCELLED}
   * @throws IOException when the sample or a scratch file cannot be read
   */
  public Leak register(
      Actor actor, LeakDraft draft, Registrar.Source source, Registrar.Progress progress)
      throws IOException {
    requireMayRegister(actor);
    return registrar.register(Vault.by(actor, null), draft, source, progress);
  }

  /**
   * Answers a leak no longer, for good.
   *
   * @throws VaultException {@code DENIED}; {@code NOT_FOUND}; {@code CONFLICT} when it is withdrawn
   *     already
   */
  public Leak withdraw(Actor actor, int number) {
    requireMayRegister(actor);
    return leaks.withdraw(Vault.by(actor, null), number);
  }

  /**
   * All leaks, also those that are not answered.
   *
   * @throws VaultException {@code DENIED}
   */
  public List<Leak> all(Actor actor) {
    requireMayRegister(actor);
    return leaks.all();
  }

  private String answer(Actor actor, LookupKind kind, String prefix) {
    vault.require(actor, Permission.LOOK_UP_LEAK);
    int range = LookupKey.range(prefix);
    requireLeft(actor, answers, 1, RANGES_PER_HOUR + " ranges");
    // The prefix stays out of the log: it would tell its readers what the answer is to hide.
    note(actor, "a range of " + kind.text());
    while (true) {
      List<Leak> of = leaks.registered();
      try {
        return lines(of, kind, ranges.suffixes(of, kind, range));
      } catch (VaultException e) {
        if (of.equals(leaks.registered())) {
          throw e;
        }
        // One of them was withdrawn meanwhile.
      }
    }
  }

  private String lines(List<Leak> of, LookupKind kind, List<List<Bytes>> suffixes) {
    int most = 0;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      most = Math.addExact(most, of.get(i).largestRange(kind));
      for (Bytes suffix : suffixes.get(i)) {
        lines.add(line(suffix, of.get(i).number()));
      }
    }
    int size = Math.max(1, (most + LINES - 1) / LINES) * LINES;
    while (lines.size() < size) {
      lines.add(line(Bytes.owned(random.bytes(LookupKey.SUFFIX_BYTES)), 0));
    }
    Collections.sort(lines);
    return String.join("", lines);
  }

  private static String line(Bytes suffix, int leak) {
    return String.format("%s:%03d\n", suffix.hex(), leak);
  }

  private List<Bytes> evaluated(Actor actor, List<Bytes> blinded) {
    vault.require(actor, Permission.LOOK_UP_LEAK);
    if (blinded.isEmpty() || blinded.size() > MAX_EVALUATIONS) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "from one to " + MAX_EVALUATIONS + " blinded elements at a time");
    }
    requireLeft(actor, evaluations, blinded.size(), EVALUATIONS_PER_HOUR + " evaluations");
    List<Bytes> out = blinded.stream().map(keys::evaluate).toList();
    note(actor, blinded.size() + (blinded.size() == 1 ? " evaluation" : " evaluations"));
    return out;
  }

  private void requireLeft(Actor actor, Allowance allowance, int count, String limit) {
    if (!allowance.take(actor.id(), count)) {
      throw new VaultException(
          ErrorCode.TOO_MANY, "an account has " + limit + " an hour: wait, then try again");
    }
  }

  /** Durable before the answer goes out. */
  private void note(Actor actor, String what) {
    var unused =
        sequencer.append(
            Entry.of(
                Entry.Kind.LEAK, clock.instant(), Vault.by(actor, null), "looked up: " + what));
  }
}

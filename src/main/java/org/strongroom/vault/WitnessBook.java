package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Demand;
import org.strongroom.audit.Demand.Unwitnessed;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.audit.Witness;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.store.StoreView;
import org.strongroom.translog.TrustPolicy;
import org.strongroom.translog.VerifierKey;

/**
 * The witnesses of the audit log, how many of them must cosign, and what happens when too few do.
 * Each change is an entry in the log. Thread-safe.
 */
public final class WitnessBook {
  private static final String KEY = "witnesses";

  /** The vault itself, which says on its own that witnesses are missing. */
  private static final Entry.By VAULT = new Entry.By(Actor.OPERATOR_ID, "vault", null);

  private final Sequencer sequencer;
  private final Declarations declarations;
  private final VerifierKey log;
  private final Function<TrustPolicy.Witness, Witness> reach;
  private final Clock clock;

  /**
   * Reads what the store holds, and demands it of the sequencer from now on.
   *
   * @param log the key of the log's checkpoints
   * @param reach from a witness with an address to the way to it
   */
  public WitnessBook(
      Sequencer sequencer,
      Catalogue catalogue,
      VerifierKey log,
      Function<TrustPolicy.Witness, Witness> reach,
      Clock clock) {
    this.sequencer = sequencer;
    this.declarations = catalogue.declarations();
    this.log = log;
    this.reach = reach;
    this.clock = clock;
    @Nullable Row row = row();
    if (row != null) {
      demand(row);
    }
  }

  /**
   * What a vault demands that is not opened; nothing where that cannot be read, which a
   * verification says of its row.
   */
  public static Demand salvage(
      StoreView store, Keyring keyring, Function<TrustPolicy.Witness, Witness> reach) {
    if (!keyring.has(Keyset.DECLARATIONS)) {
      return Demand.NOTHING;
    }
    try {
      return new Declarations(store, keyring.sealer(Keyset.DECLARATIONS))
          .get(KEY, Row.class)
          .map(row -> demand(TrustPolicy.parse(bytes(row.policy())), row, reach, well -> {}))
          .orElse(Demand.NOTHING);
    } catch (VaultException | IllegalArgumentException e) {
      return Demand.NOTHING;
    }
  }

  private static Demand demand(
      TrustPolicy policy,
      Row row,
      Function<TrustPolicy.Witness, Witness> reach,
      Demand.Alarm alarm) {
    List<Witness> witnesses = policy.witnesses().stream().map(reach).toList();
    return new Demand(policy, witnesses, row.unwitnessed(), alarm);
  }

  private record Row(int version, String policy, Unwitnessed unwitnessed, String at) {}

  /**
   * What is in force.
   *
   * @param version from 1; 0 when there never were any witnesses
   * @param policy in the form of C2SP tlog-policy, the log's own key included: whoever checks
   *     proofs of this log can use it as it is
   */
  public record InForce(int version, String policy, Unwitnessed unwitnessed) {}

  /** What is in force. */
  public InForce inForce() {
    @Nullable Row row = row();
    return row == null
        ? new InForce(0, logLine() + "quorum none\n", Unwitnessed.REFUSE)
        : new InForce(row.version(), row.policy(), row.unwitnessed());
  }

  /**
   * Puts witnesses in force; the same again changes nothing.
   *
   * @param source what to call the file in errors
   * @param policy in the form of C2SP tlog-policy; each witness with its address; the log's own
   *     line may be left out
   * @throws VaultException {@code INVALID_DECLARATION} with the line
   */
  public synchronized Applied apply(
      Entry.By by, String source, String policy, Unwitnessed unwitnessed) {
    TrustPolicy parsed = parse(source, policy);
    String whole = parsed.logs().isEmpty() ? logLine() + policy : policy;
    @Nullable Row before = row();
    if (before != null && before.policy().equals(whole) && before.unwitnessed() == unwitnessed) {
      return new Applied(before.version(), null);
    }
    Row row =
        new Row(
            before == null ? 1 : before.version() + 1,
            whole,
            unwitnessed,
            clock.instant().toString());
    Change change = new Change();
    declarations.put(change, KEY, row.version(), row);
    Entry entry =
        Entry.of(Entry.Kind.POLICY, clock.instant(), by, "witnesses version " + row.version());
    Receipt receipt =
        sequencer
            .append(entry, change)
            .orElseThrow(
                () ->
                    new VaultException(ErrorCode.CONFLICT, "the witnesses were changed meanwhile"));
    demand(row);
    return new Applied(row.version(), receipt);
  }

  private TrustPolicy parse(String source, String policy) {
    TrustPolicy parsed;
    try {
      parsed = TrustPolicy.parse(bytes(policy));
    } catch (IllegalArgumentException e) {
      throw invalid(source, String.valueOf(e.getMessage()));
    }
    if (!parsed.logs().stream().allMatch(each -> each.key().equals(log))) {
      throw invalid(source, "a log line has another key than this vault's log: " + log.text());
    }
    for (TrustPolicy.Witness witness : parsed.witnesses()) {
      if (witness.url() == null) {
        throw invalid(
            source,
            "the witness " + witness.name() + " has no address; put it at the end of its line");
      }
      try {
        Witness unused = reach.apply(witness);
      } catch (IllegalArgumentException e) {
        throw invalid(source, "the witness " + witness.name() + ": " + e.getMessage());
      }
    }
    return parsed;
  }

  private void demand(Row row) {
    sequencer.demand(demand(TrustPolicy.parse(bytes(row.policy())), row, reach, this::alarm));
  }

  private void alarm(String what) {
    sequencer.append(Entry.of(Entry.Kind.VAULT, clock.instant(), VAULT, what));
  }

  private @Nullable Row row() {
    return declarations.get(KEY, Row.class).orElse(null);
  }

  private String logLine() {
    return "log " + log.text() + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static VaultException invalid(String source, String why) {
    return new VaultException(ErrorCode.INVALID_DECLARATION, source + ": " + why);
  }
}

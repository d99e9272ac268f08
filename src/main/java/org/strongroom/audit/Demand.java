package org.strongroom.audit;

import java.util.List;
import org.strongroom.translog.TrustPolicy;

/**
 * What a vault demands of its log's witnesses before it shows anything.
 *
 * @param policy its own log's key, the witnesses, and how many of them must cosign
 * @param witnesses those of the policy, as they are reached
 * @param unwitnessed what happens when too few do
 * @param alarm who hears when that begins and ends
 */
public record Demand(
    TrustPolicy policy, List<Witness> witnesses, Unwitnessed unwitnessed, Alarm alarm) {
  /** No witnesses. */
  public static final Demand NOTHING =
      new Demand(
          new TrustPolicy(List.of(), List.of(), null), List.of(), Unwitnessed.PROCEED, what -> {});

  public Demand {
    witnesses = List.copyOf(witnesses);
  }

  /** What becomes of a disclosure whose entry too few witnesses have cosigned. */
  public enum Unwitnessed {
    /** It waits until they have, however long that takes. */
    WAIT,
    /** It is refused: fail closed. */
    REFUSE,
    /** It goes on, with an alarm in the program's log and an entry in the audit log. */
    PROCEED
  }

  /** Hears what somebody should look into, once each time that it begins or ends. */
  @FunctionalInterface
  public interface Alarm {
    /**
     * Disclosures meet too few witnesses, or enough again; or a witness has seen another history of
     * this log.
     *
     * @param what in a few words
     */
    void raised(String what);
  }

  /** Whether some witness must cosign. */
  public boolean required() {
    return policy.quorum() != null;
  }
}

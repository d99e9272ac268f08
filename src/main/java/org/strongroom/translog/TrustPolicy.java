package org.strongroom.translog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe (C2SP tlog-policy): the logs, the witnesses, and how many of these must have
 * cosigned. Immutable.
 *
 * @param logs each of another key
 * @param witnesses each of another key
 * @param quorum what must have witnessed a checkpoint; null for nothing
 */
public record TrustPolicy(List<Log> logs, List<Witness> witnesses, @Nullable Voter quorum) {
  /** The largest policy that is read. */
  public static final int MAX_BYTES = 1 << 20;

  /**
   * A log that is accepted.
   *
   * @param key named as the log's origin
   * @param url as the policy has it; what it means is up to the application
   */
  public record Log(VerifierKey key, @Nullable String url) {}

  /** Who can witness a checkpoint: one witness, or a group of voters. */
  public sealed interface Voter permits Witness, Group {
    /** The name in the policy; nothing outside of it goes by this. */
    String name();
  }

  /**
   * A witness.
   *
   * @param key of type {@link VerifierKey.Type#COSIGNATURE}
   * @param url as the policy has it; where it takes submissions is recommended
   */
  public record Witness(String name, VerifierKey key, @Nullable String url) implements Voter {
    public Witness {
      if (key.type() != VerifierKey.Type.COSIGNATURE) {
        throw new IllegalArgumentException("the key of a witness must have signature type 4");
      }
    }
  }

  /**
   * A group, which has witnessed a checkpoint when enough of its members have.
   *
   * @param threshold 1 to the number of members
   */
  public record Group(String name, int threshold, List<Voter> members) implements Voter {
    public Group {
      members = List.copyOf(members);
      if (threshold < 1 || threshold > members.size()) {
        throw new IllegalArgumentException(
            "the threshold " + threshold + " is not from 1 to the members, " + members.size());
      }
    }
  }

  /** What a policy says of a note. */
  public sealed interface Verdict permits Accepted, Refused {}

  /**
   * The note is a checkpoint of a log in the policy, and witnessed as it asks.
   *
   * @param log that signed it
   * @param witnesses of the policy that cosigned it, more perhaps than had to
   */
  public record Accepted(Checkpoint checkpoint, Log log, List<Cosigned> witnesses)
      implements Verdict {
    public Accepted {
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * A cosignature that verifies.
   *
   * @param epochSeconds when, as the witness says, in seconds since 1970; judging it is up to the
   *     application
   */
  public record Cosigned(Witness witness, long epochSeconds) {}

  /**
   * The note is not to be believed.
   *
   * @param why in plain English
   */
  public record Refused(String why) implements Verdict {}

  public TrustPolicy {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
  }

  /**
   * Reads a policy file.
   *
   * @throws IllegalArgumentException saying in which line something is wrong, and what
   */
  public static TrustPolicy parse(byte[] file) {
    return new TrustPolicyReader().read(file);
  }

  /** The keys of one log for its checkpoints, without any witness. */
  public static TrustPolicy ofLog(VerifierKey log) {
    return new TrustPolicy(List.of(new Log(log, null)), List.of(), null);
  }

  /** Holds a note against the policy: origin, signature of the log, cosignatures, quorum. */
  public Verdict check(SignedNote note) {
    Checkpoint checkpoint;
    Map<VerifierKey, NoteSignature> signed;
    try {
      checkpoint = Checkpoint.of(note);
      signed = note.verifiedBy(keys());
    } catch (IllegalArgumentException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
    List<Log> known =
        logs.stream().filter(log -> log.key().name().equals(checkpoint.origin())).toList();
    if (known.isEmpty()) {
      return new Refused(
          "the checkpoint's origin is " + checkpoint.origin() + ", a log that the policy has not");
    }
    for (Log log : known) {
      if (signed.containsKey(log.key())) {
        return quorate(checkpoint, log, signed);
      }
    }
    return new Refused("the checkpoint is not signed by the key that the policy has for its log");
  }

  private Verdict quorate(Checkpoint checkpoint, Log log, Map<VerifierKey, NoteSignature> signed) {
    List<Cosigned> cosigned = new ArrayList<>();
    Set<Voter> voted = new HashSet<>();
    for (Witness witness : witnesses) {
      NoteSignature signature = signed.get(witness.key());
      if (signature != null) {
        cosigned.add(new Cosigned(witness, Cosignature.epochSeconds(signature)));
        voted.add(witness);
      }
    }
    if (quorum != null && !witnessed(quorum, voted)) {
      return new Refused(
          cosigned.size()
              + " of "
              + witnesses.size()
              + " witnesses cosigned the checkpoint; that is not the quorum "
              + quorum.name());
    }
    return new Accepted(checkpoint, log, cosigned);
  }

  private static boolean witnessed(Voter voter, Set<Voter> voted) {
    if (voter instanceof Group group) {
      return group.members().stream().filter(member -> witnessed(member, voted)).count()
          >= group.threshold();
    }
    return voted.contains(voter);
  }

  private List<VerifierKey> keys() {
    List<VerifierKey> out = new ArrayList<>();
    logs.forEach(log -> out.add(log.key()));
    witnesses.forEach(witness -> out.add(witness.key()));
    return out;
  }
}

package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Demand;
import org.strongroom.audit.Fault;
import org.strongroom.audit.Witness;
import org.strongroom.audit.Witnessed;
import org.strongroom.kernel.Bytes;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.TrustPolicy;
import org.strongroom.translog.VerifierKey;

/** What a verification makes of what witnesses know, and of the cosigned checkpoint. */
final class WitnessedVerificationTest {
  private static final byte[] CHECKPOINT = "checkpoint".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COSIGNED = "checkpoint/cosigned".getBytes(StandardCharsets.UTF_8);

  private final World world = World.inMemory();
  private final SigningKey key =
      SigningKey.generate("w.example", VerifierKey.Type.COSIGNATURE, new SecureRandom());

  @AfterEach
  void close() {
    world.close();
  }

  @BeforeEach
  void endTheLog() {
    world.sequencer.close();
  }

  /** A witness with one answer. */
  private record Answering(VerifierKey key, Latest answer) implements Witness {
    @Override
    public Submitted submit(SignedNote note, ConsistencySource proofs) {
      throw new AssertionError("verifying submits nothing");
    }

    @Override
    public Latest latest(String origin) {
      return answer;
    }
  }

  private Checkpoint newest() {
    return Checkpoint.ofNote(Objects.requireNonNull(world.store.get(Table.META, CHECKPOINT)));
  }

  private SignedNote signed(Checkpoint checkpoint) {
    SignedNote note = SignedNote.parse(world.note(checkpoint.body()));
    return note.with(List.of(key.cosign(note.text(), 1_800_000_000L)));
  }

  private Checkpoint other(long size) {
    return new Checkpoint(world.header.origin(), size, Bytes.owned(new byte[32]), List.of());
  }

  private Witness.Latest seen(Checkpoint checkpoint) {
    return new Witness.Seen(checkpoint, signed(checkpoint));
  }

  private void keepCosigned(byte[] note) {
    world.store.write(new Batch().put(Table.META, COSIGNED, note), Store.Durability.SYNCED);
  }

  private record Found(List<String> faults, List<String> notes) {}

  /** Verifies under one witness that must cosign; null is one that none must. */
  private Found run(Witness.@Nullable Latest answer) {
    TrustPolicy.Witness known = new TrustPolicy.Witness("w", key.verifier(), null);
    Demand demand =
        new Demand(
            new TrustPolicy(List.of(log()), List.of(known), answer == null ? null : known),
            answer == null ? List.of() : List.of(new Answering(key.verifier(), answer)),
            Demand.Unwitnessed.REFUSE,
            well -> {});
    Witnessed asked = Witnessed.ask(world.store, world.header.origin(), world.logKey(), demand);
    List<String> faults = Collections.synchronizedList(new ArrayList<>());
    Verification.Listener listener =
        new Verification.Listener() {
          @Override
          public void accept(Fault fault) {
            faults.add(fault.code().text() + " " + fault.table() + " " + fault.row());
          }

          @Override
          public void at(double share, long entries, long versions) {}
        };
    Verification.Summary summary =
        Verification.run(
            world.store, world.sources().with(asked), listener, world.clock, new SecureRandom());
    assertThat(summary.faults()).isEqualTo(faults.size());
    return new Found(faults, summary.witnesses());
  }

  private TrustPolicy.Log log() {
    return new TrustPolicy.Log(world.logKey(), null);
  }

  @Test
  void run_witnessHasSeenTheSameLog_saysWhatItSaw() {
    keepCosigned(signed(newest()).bytes());
    Found found = run(seen(newest()));
    assertThat(found.faults()).isEmpty();
    assertThat(found.notes())
        .containsExactly("witness w.example: it cosigned " + newest().size() + " entries last");
  }

  @Test
  void run_witnessHasSeenMoreOrAnotherHistory_isAFault() {
    long size = newest().size();
    assertThat(run(seen(other(size + 3))).faults())
        .containsExactly("rolled_back AUDIT_ENTRIES " + size);
    assertThat(run(seen(other(size - 1))).faults())
        .containsExactly("forked AUDIT_ENTRIES " + (size - 2));
  }

  @Test
  void run_witnessGivesNothingThatCounts_isANoteAndNoFault() {
    keepCosigned(signed(newest()).bytes());
    Found down = run(new Witness.Declined(Witness.Reason.UNREACHABLE, "it is down"));
    assertThat(down.faults()).isEmpty();
    assertThat(down.notes()).containsExactly("witness w.example: it is down");
    assertThat(run(new Witness.Unseen()).notes())
        .containsExactly("witness w.example: it has cosigned nothing of this log yet");

    Checkpoint fork = other(3);
    SigningKey stranger =
        SigningKey.generate(fork.origin(), VerifierKey.Type.NOTE, new SecureRandom());
    SignedNote notOurs = SignedNote.sign(Bytes.owned(fork.body()), stranger);
    Found strange = run(new Witness.Seen(fork, notOurs));
    assertThat(strange.faults()).isEmpty();
    assertThat(strange.notes().get(0)).contains("is not signed by this log's key");
  }

  @Test
  void run_cosignedCheckpointIsNotWhatWasSigned_isAFault() {
    Witness.Latest well = seen(newest());
    assertThat(run(well).notes()).contains("no checkpoint is kept that enough witnesses cosigned");
    keepCosigned(new byte[] {1, 2, 3});
    assertThat(run(well).faults()).containsExactly("altered META checkpoint/cosigned");

    byte[] note = signed(newest()).bytes();
    note[note.length - 10] ^= 1;
    keepCosigned(note);
    assertThat(run(well).faults()).containsExactly("altered META checkpoint/cosigned");

    Checkpoint fork = other(newest().size());
    SigningKey stranger =
        SigningKey.generate(fork.origin(), VerifierKey.Type.NOTE, new SecureRandom());
    keepCosigned(SignedNote.sign(Bytes.owned(fork.body()), stranger).bytes());
    assertThat(run(null).faults()).containsExactly("altered META checkpoint/cosigned");

    keepCosigned(signed(fork).bytes());
    assertThat(run(null).faults()).containsExactly("forked AUDIT_ENTRIES " + (newest().size() - 1));
  }

  @Test
  void run_cosignedByOthersThanThoseInForce_isANote() {
    keepCosigned(world.note(newest().body()));
    Found found = run(seen(newest()));
    assertThat(found.faults()).isEmpty();
    assertThat(found.notes().get(1)).contains("kept as cosigned: 0 of 1 witnesses");
  }
}

package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.strongroom.audit.Demand.Unwitnessed;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.memory.MemoryStore;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Proofs;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.TrustPolicy;
import org.strongroom.translog.VerifierKey;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WitnessingTest {
  private static final byte[] COSIGNED = "checkpoint/cosigned".getBytes(StandardCharsets.UTF_8);

  private static final String FEW = "too few witnesses cosign";
  private static final String ENOUGH = "enough witnesses cosign again";

  @TempDir Path directory;

  private final SecureRandom random = new SecureRandom();
  private final Store store = new MemoryStore();
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private AuditKeys keys;
  private Sequencer sequencer;

  @BeforeEach
  void start() throws Exception {
    keys = AuditKeys.create(directory.resolve("vault.key"), store);
    sequencer = keys.sequencer(store);
  }

  @AfterEach
  void stop() {
    sequencer.close();
  }

  @Test
  void appendWitnessed_nothingDemanded_waitsForNobody() {
    assertThat(sequencer.appendWitnessed(AuditKeys.entry("one")).index()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Unwitnessed.class)
  void appendWitnessed_enoughCosign_returnsWithACosignedCheckpointOverTheEntry(Unwitnessed mode) {
    demand(2, mode, new FakeWitness("a"), new FakeWitness("b"), new FakeWitness("c"));
    for (int i = 0; i < 20; i++) {
      long index = sequencer.appendWitnessed(AuditKeys.entry("n" + i)).index();
      SignedNote shown = sequencer.publication().checkpoint();
      assertThat(Checkpoint.of(shown).size()).isGreaterThan(index);
      assertThat(sequencer.demanded().policy().check(shown))
          .isInstanceOf(TrustPolicy.Accepted.class);
    }
    assertThat(alarms).isEmpty();
  }

  @Test
  void appendWitnessed_tooFewCosignAndToldToRefuse_isRefusedButKept() {
    FakeWitness down = new FakeWitness("down");
    down.fault = "it is down";
    demand(2, Unwitnessed.REFUSE, new FakeWitness("up"), down);
    assertThatThrownBy(() -> sequencer.appendWitnessed(AuditKeys.entry("one")))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNWITNESSED))
        .hasMessageContaining("nothing is disclosed")
        .hasMessageContaining("down: it is down");
    assertThat(new LogReading(store, keys).entries()).hasSize(1);
    await().until(() -> alarms.equals(List.of(FEW)));
    assertThatThrownBy(() -> sequencer.publication().checkpoint()).hasMessageContaining("no check");
  }

  @Test
  void appendWitnessed_witnessesComeBack_goesOnAndEndsTheAlarm() {
    FakeWitness flaky = new FakeWitness("flaky");
    flaky.fault = "it is down";
    demand(1, Unwitnessed.REFUSE, flaky);
    assertThatThrownBy(() -> sequencer.appendWitnessed(AuditKeys.entry("one")))
        .isInstanceOf(VaultException.class);
    flaky.fault = null;
    await().until(() -> alarms.equals(List.of(FEW, ENOUGH)));
    assertThat(sequencer.appendWitnessed(AuditKeys.entry("two")).index()).isEqualTo(1);
  }

  @Test
  void appendWitnessed_tooFewCosignAndToldToWait_waitsUntilTheyDo() throws Exception {
    FakeWitness down = new FakeWitness("down");
    down.fault = "it is down";
    demand(1, Unwitnessed.WAIT, down);
    FutureTask<Receipt> waiting =
        new FutureTask<>(() -> sequencer.appendWitnessed(AuditKeys.entry("one")));
    new Thread(waiting).start();
    await().until(() -> down.asked.size() >= 2);
    assertThat(waiting.isDone()).isFalse();
    down.fault = null;
    assertThat(waiting.get().index()).isZero();
    assertThat(Checkpoint.ofNote(Objects.requireNonNull(store.get(Table.META, COSIGNED))).size())
        .isEqualTo(1);
  }

  @Test
  void appendWitnessed_tooFewCosignAndToldToProceed_goesOnWithOneAlarm() {
    FakeWitness down = new FakeWitness("down");
    down.fault = "it is down";
    demand(1, Unwitnessed.PROCEED, down);
    for (int i = 0; i < 5; i++) {
      assertThat(sequencer.appendWitnessed(AuditKeys.entry("n" + i)).index()).isEqualTo(i);
    }
    assertThat(alarms).isEqualTo(List.of(FEW));
    assertThat(Checkpoint.of(sequencer.publication().checkpoint()).size()).isEqualTo(5);
  }

  @Test
  void appendWitnessed_otherWitnessesAreDemandedMeanwhile_waitsForThose() throws Exception {
    FakeWitness down = new FakeWitness("down");
    down.fault = "it is down";
    demand(1, Unwitnessed.WAIT, down);
    FutureTask<Receipt> waiting =
        new FutureTask<>(() -> sequencer.appendWitnessed(AuditKeys.entry("one")));
    new Thread(waiting).start();
    await().until(() -> !down.asked.isEmpty());
    demand(1, Unwitnessed.WAIT, new FakeWitness("up"));
    assertThat(waiting.get().index()).isZero();
  }

  @Test
  void appendWitnessed_hangingWitnessAndEnoughOthers_isNotHeldUpAndAsksItOnce() throws Exception {
    FakeWitness hanging = new FakeWitness("hanging");
    CountDownLatch released = new CountDownLatch(1);
    hanging.before = released;
    demand(1, Unwitnessed.REFUSE, hanging, new FakeWitness("up"));
    for (int i = 0; i < 5; i++) {
      sequencer.appendWitnessed(AuditKeys.entry("n" + i));
    }
    assertThat(hanging.asked).hasSize(1);
    released.countDown();
  }

  @Test
  void round_missedWhileNobodyWaits_alarmsNobody() {
    FakeWitness down = new FakeWitness("down");
    down.fault = "it is down";
    demand(1, Unwitnessed.REFUSE, down);
    sequencer.append(AuditKeys.entry("one"));
    await().until(() -> down.asked.size() >= 2);
    assertThat(alarms).isEmpty();
  }

  @Test
  void round_witnessSawAnotherHistory_alarmsOnceThoughOthersCosign() {
    FakeWitness stranger = new FakeWitness("stranger");
    stranger.fault = "it has cosigned another history of this log";
    stranger.reason = Witness.Reason.FORK;
    FakeWitness up = new FakeWitness("up");
    demand(1, Unwitnessed.REFUSE, up, stranger);
    for (int i = 0; i < 5; i++) {
      sequencer.appendWitnessed(AuditKeys.entry("n" + i));
    }
    await()
        .until(
            () -> alarms.equals(List.of("the witness stranger saw another or a longer history")));
  }

  @Test
  void appendWitnessed_manyAtOnce_shareRounds() throws Exception {
    FakeWitness witness = new FakeWitness("w");
    demand(1, Unwitnessed.REFUSE, witness);
    List<FutureTask<Receipt>> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FutureTask<Receipt> task =
          new FutureTask<>(() -> sequencer.appendWitnessed(AuditKeys.entry("one")));
      tasks.add(task);
      new Thread(task).start();
    }
    for (FutureTask<Receipt> task : tasks) {
      task.get();
    }
    assertThat(witness.asked.size()).isLessThan(150);
    for (int i = 1; i < witness.asked.size(); i++) {
      assertThat(witness.asked.get(i).size())
          .isGreaterThanOrEqualTo(witness.asked.get(i - 1).size());
    }
  }

  @Test
  void close_whileADisclosureWaits_letsItFail() throws Exception {
    FakeWitness down = new FakeWitness("down");
    down.fault = "it is down";
    demand(1, Unwitnessed.WAIT, down);
    FutureTask<Receipt> waiting =
        new FutureTask<>(() -> sequencer.appendWitnessed(AuditKeys.entry("one")));
    new Thread(waiting).start();
    await().until(() -> !down.asked.isEmpty());
    sequencer.close();
    assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(VaultException.class);
  }

  @Test
  void restart_demandingWitnesses_showsTheCheckpointThatTheyCosignedLast() {
    FakeWitness witness = new FakeWitness("w");
    demand(1, Unwitnessed.REFUSE, witness);
    sequencer.appendWitnessed(AuditKeys.entry("one"));
    witness.fault = "it is down";
    sequencer.append(AuditKeys.entry("two"));
    sequencer.close();
    sequencer = keys.sequencer(store);
    demand(1, Unwitnessed.REFUSE, witness);
    assertThat(Checkpoint.of(sequencer.publication().checkpoint()).size()).isEqualTo(1);
  }

  private void demand(int quorum, Unwitnessed mode, FakeWitness... witnesses) {
    StringBuilder policy =
        new StringBuilder(
            "log "
                + new VerifierKey(AuditKeys.ORIGIN, VerifierKey.Type.NOTE, keys.publicKey()).text()
                + "\n");
    StringBuilder names = new StringBuilder();
    for (FakeWitness witness : witnesses) {
      policy.append("witness ").append(witness.key().name()).append(' ');
      policy.append(witness.key().text()).append('\n');
      names.append(' ').append(witness.key().name());
    }
    policy
        .append("group all-of-them ")
        .append(quorum)
        .append(names)
        .append("\nquorum all-of-them\n");
    sequencer.demand(
        new Demand(
            TrustPolicy.parse(policy.toString().getBytes(StandardCharsets.UTF_8)),
            List.of(witnesses),
            mode,
            alarms::add));
  }

  /** Cosigns what goes on from what it saw last, as a witness does. */
  private final class FakeWitness implements Witness {
    private final SigningKey key;
    private final List<Checkpoint> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable String fault;
    private volatile Reason reason = Reason.UNREACHABLE;
    private volatile CountDownLatch before = new CountDownLatch(0);
    private long size;
    private Bytes root = Proofs.root(0, (level, number, width) -> new byte[0]);

    FakeWitness(String name) {
      key = SigningKey.generate(name, VerifierKey.Type.COSIGNATURE, random);
    }

    @Override
    public VerifierKey key() {
      return key.verifier();
    }

    @Override
    public Latest latest(String origin) {
      return new Unseen();
    }

    @Override
    public synchronized Submitted submit(SignedNote note, ConsistencySource proofs) {
      Checkpoint checkpoint = Checkpoint.of(note);
      asked.add(checkpoint);
      try {
        before.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      @Nullable String no = fault;
      if (no != null) {
        return new Declined(reason, no);
      }
      assertThat(
              Proofs.consistent(
                  size,
                  root,
                  checkpoint.size(),
                  checkpoint.root(),
                  proofs.consistency(size, checkpoint.size())))
          .isTrue();
      size = checkpoint.size();
      root = checkpoint.root();
      return new Cosigned(key.cosign(note.text(), 1_800_000_000L), 1_800_000_000L);
    }
  }
}

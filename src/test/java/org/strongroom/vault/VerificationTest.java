package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Entry;
import org.strongroom.audit.SavedCheckpoint;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.memory.MemoryStore;
import org.strongroom.translog.Checkpoint;

final class VerificationTest {
  private static final Bytes CHECKPOINT =
      Bytes.owned("checkpoint".getBytes(StandardCharsets.UTF_8));

  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void run_untouchedVault_saysNothing() {
    LivedIn unused = new LivedIn(world);
    world.sequencer.close();

    Verified verified = Verified.of(world, world.store);

    assertThat(verified.faults()).isEmpty();
    assertThat(verified.summary().entries()).isEqualTo(world.rows(Table.AUDIT_ENTRIES).size());
    assertThat(verified.summary().subjects()).isEqualTo(world.dataKeys().size());
    assertThat(verified.summary().versions()).isEqualTo(world.versions().size());
  }

  @Test
  void run_whileManyWrite_saysNothing() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger people = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<Integer>> writers = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      writers.add(
          pool.submit(
              () -> {
                int mine = 0;
                for (; !stop.get(); mine++) {
                  int person = people.getAndIncrement() % 900;
                  world.keep(world.resident(person, "李" + mine, People.phone(person % 50)));
                  world.keep(world.caseOf(person % 30, "K-" + person, "theft " + mine));
                  if (mine % 10 == 0) {
                    world.users.enrolmentCode(People.OPERATOR);
                  }
                }
                return mine;
              }));
    }
    for (int round = 0; round < 8; round++) {
      try (Store.Snapshot moment = world.store.snapshot()) {
        Verified verified = Verified.of(world, moment);
        assertThat(verified.faults()).isEmpty();
      }
    }
    stop.set(true);
    for (Future<Integer> writer : writers) {
      assertThat(writer.get()).isPositive();
    }
    pool.shutdown();
  }

  private Store copied() {
    Store copy = new MemoryStore();
    Batch batch = new Batch();
    for (Table table : Table.values()) {
      world.rows(table).forEach((key, value) -> batch.put(table, key.toArray(), value));
    }
    copy.write(batch, Store.Durability.SYNCED);
    return copy;
  }

  private Checkpoint saved(byte[] note) {
    return SavedCheckpoint.read("old.txt", note, world.logKey());
  }

  @Test
  void run_forkOfTheLog_isFoundByACheckpointOfTheOther() {
    world.keep(world.resident(1, "李梅", People.phone(1)));
    Store copy = copied();
    world.keep(world.resident(2, "王刚", People.phone(2)));
    world.sequencer.close();
    Checkpoint ours = saved(world.row(Table.META, CHECKPOINT));
    World fork = world.reopened(copy);
    fork.keep(fork.resident(3, "赵敏", People.phone(3)));
    fork.keep(fork.resident(4, "钱强", People.phone(4)));
    fork.sequencer.close();

    assertThat(Verified.of(world, copy).faults()).isEmpty();
    assertThat(Verified.of(world, copy, ours).named())
        .containsExactly("forked AUDIT_ENTRIES null " + (ours.size() - 1));
    assertThat(Verified.of(world, world.store, ours).faults()).isEmpty();
    fork.close();
  }

  @Test
  void run_vaultPutBackToAnOlderCopy_isFoundByALaterCheckpoint() {
    world.keep(world.resident(1, "李梅", People.phone(1)));
    world.sequencer.close();
    Store copy = copied();
    int entries = world.rows(Table.AUDIT_ENTRIES).size();
    World later = world.reopened();
    later.keep(later.resident(2, "王刚", People.phone(2)));
    later.sequencer.close();
    Checkpoint newest = saved(world.row(Table.META, CHECKPOINT));

    assertThat(Verified.of(world, copy).faults()).isEmpty();
    assertThat(Verified.of(world, copy, newest).named())
        .containsExactly("rolled_back AUDIT_ENTRIES null " + entries);
  }

  @Test
  void read_whatIsNoCheckpointOfThisLog_isRefused() {
    world.sequencer.close();
    byte[] note = world.row(Table.META, CHECKPOINT);
    World other = World.inMemory();
    other.sequencer.close();
    byte[] foreign = other.row(Table.META, CHECKPOINT);
    Checkpoint ours = saved(note);
    byte[] signedByOther = other.note(ours.body());

    assertThat(ours.size()).isEqualTo(world.rows(Table.AUDIT_ENTRIES).size());
    assertRefused(() -> saved(new byte[] {1, 2}), "old.txt: this is no checkpoint");
    assertRefused(() -> saved(foreign), "another log");
    assertRefused(() -> saved(signedByOther), "not signed by this log's key");
    other.close();
  }

  private static void assertRefused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST))
        .hasMessageContaining(why);
  }

  @Test
  void run_checkpointWithAWitnessesLine_isStillOurs() {
    world.sequencer.close();
    String note = new String(world.row(Table.META, CHECKPOINT), StandardCharsets.UTF_8);
    byte[] cosigned = (note + "\u2014 witness.example AAAAAAAA\n").getBytes(StandardCharsets.UTF_8);
    world.overwrite(Table.META, CHECKPOINT, cosigned);

    assertThat(Verified.of(world, world.store, saved(cosigned)).faults()).isEmpty();
  }

  @Test
  void verifier_run_isAnEntryForThoseWhoMay() {
    Verifier verifier =
        new Verifier(
            world.foundations(), world.vault, world.clock, new java.security.SecureRandom());
    List<String> heard = new ArrayList<>();
    Verification.Listener listener =
        new Verification.Listener() {
          @Override
          public void accept(org.strongroom.audit.Fault fault) {
            heard.add(fault.text());
          }

          @Override
          public void at(double share, long entries, long versions) {}
        };

    Verification.Summary summary;
    try (Verifier.Run run = verifier.begin(People.ADMINISTRATOR, List.of())) {
      assertThatThrownBy(() -> verifier.begin(People.ADMINISTRATOR, List.of()))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
      summary = run.run(listener);
    }

    assertThat(heard).isEmpty();
    assertThat(summary.entry()).isEqualTo(world.log().size() - 1L);
    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.VERIFY);
    assertThat(world.lastEntry().outcome()).isEqualTo("0 faults");
    for (Actor actor : List.of(People.CLERK, People.INVESTIGATOR, People.NOBODY)) {
      assertThatThrownBy(() -> verifier.begin(actor, List.of()))
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
      assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DENIAL);
    }
  }
}

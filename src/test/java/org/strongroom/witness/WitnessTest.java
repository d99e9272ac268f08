package org.strongroom.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.AddCheckpoint;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.ModelLog;
import org.strongroom.translog.PlainNote;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.VerifierKey;

final class WitnessTest {
  private static final long NOW = 1_700_000_000;
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String HASH = WitnessState.hash(ModelLog.ORIGIN);

  private final ModelLog log = ModelLog.make(RANDOM);
  private final SigningKey key =
      SigningKey.generate("witness.example/w", VerifierKey.Type.COSIGNATURE, RANDOM);
  private final Path state;
  private Witness witness;

  WitnessTest(@TempDir Path folder) {
    this.state = folder.resolve("deep/state");
    this.witness = opened();
  }

  @AfterEach
  void close() {
    witness.close();
  }

  private Witness opened() {
    return new Witness(key, state, List.of(log.verifier()), CLOCK);
  }

  private void reopen() {
    witness.close();
    witness = opened();
  }

  @Test
  void add_growingLog_isCosignedEachTimeAndKeptForGood() throws Exception {
    int before = 0;
    for (int size : List.of(0, 1, 2, 2, 7, 8, 256, 300)) {
      Witness.Answer answer = witness.add(log.request(before, size));
      assertThat(answer).isInstanceOf(Witness.Cosigned.class);
      SignedNote note = log.note(size);
      SignedNote cosigned = note.with(List.of(((Witness.Cosigned) answer).signature()));
      PlainNote read = PlainNote.read(cosigned.bytes());
      assertThat(read.verified(key.verifier().text())).containsExactly(NOW);
      assertThat(read.verified(log.verifier().text())).containsExactly(0L);
      reopen();
      assertThat(witness.newest(HASH)).contains(cosigned);
      before = size;
    }
  }

  @Test
  void add_forkOfWhatWasCosigned_isRefusedAlsoAfterARestart() {
    accepted(log.request(0, 100));
    ModelLog fork = log.forkedAt(50);
    for (int round = 0; round < 2; round++) {
      assertRefused(422, fork.request(100, 100));
      assertRefused(422, fork.request(100, 101));
      assertRefused(422, fork.request(100, 300));
      // The fork's own way from a tree that both have does not begin where the witness is.
      assertThat(witness.add(fork.request(50, 120))).isEqualTo(new Witness.Conflict(100));
      assertThat(witness.add(fork.request(0, 120))).isEqualTo(new Witness.Conflict(100));
      assertThat(witness.newest(HASH).map(Checkpoint::of))
          .contains(new Checkpoint(ModelLog.ORIGIN, 100, log.root(100)));
      reopen();
    }
    accepted(log.request(100, 101));
    assertRefused(422, log.forkedAt(100).request(101, 102));
  }

  @Test
  void add_rollback_isRefused() {
    accepted(log.request(0, 100));
    assertThat(witness.add(log.request(50, 60))).isEqualTo(new Witness.Conflict(100));
    byte[] back = new AddCheckpoint(100, List.of(), log.note(60)).bytes();
    assertRefused(400, back);
    assertThat(witness.add(log.request(0, 0))).isEqualTo(new Witness.Conflict(100));
  }

  @Test
  void add_wrongProof_isRefused() {
    assertRefused(422, new AddCheckpoint(0, List.of(log.root(1)), log.note(5)).bytes());
    accepted(log.request(0, 5));
    assertRefused(422, new AddCheckpoint(5, List.of(), log.note(9)).bytes());
    assertRefused(422, new AddCheckpoint(5, log.consistency(4, 9), log.note(9)).bytes());
    assertRefused(422, new AddCheckpoint(5, log.consistency(5, 10), log.note(9)).bytes());
    assertRefused(422, new AddCheckpoint(5, List.of(log.root(5)), log.note(5)).bytes());
    accepted(log.request(5, 9));
  }

  @Test
  void add_emptyTree_mustHaveTheRootOfTheEmptyTree() {
    SignedNote wrong = log.signed(new Checkpoint(ModelLog.ORIGIN, 0, log.root(1)));
    assertRefused(422, new AddCheckpoint(0, List.of(), wrong).bytes());
    accepted(log.request(0, 0));
    accepted(log.request(0, 5));
  }

  @Test
  void add_unknownLogOrSignature_isRefused() {
    ModelLog stranger = ModelLog.make(RANDOM);
    assertRefused(403, stranger.request(0, 5));
    SignedNote unknown = log.signed(new Checkpoint("example.com/unknown", 5, log.root(5)));
    assertRefused(404, new AddCheckpoint(0, List.of(), unknown).bytes());
    SignedNote forged = new SignedNote(log.note(5).text(), log.note(6).signatures());
    assertRefused(403, new AddCheckpoint(0, List.of(), forged).bytes());
    // One that fails spoils those that do not.
    SignedNote both = log.note(5).with(log.note(6).signatures());
    assertRefused(403, new AddCheckpoint(0, List.of(), both).bytes());
    assertThat(witness.newest(HASH)).isEmpty();
  }

  @Test
  void add_severalSignatures_keepsThoseOfTheLogAndItsOwn() {
    SignedNote foreign = ModelLog.make(RANDOM).note(5);
    SignedNote note = log.note(5).with(foreign.signatures());
    accepted(new AddCheckpoint(0, List.of(), note).bytes());
    assertThat(witness.newest(HASH).orElseThrow().signatures())
        .hasSize(2)
        .contains(log.note(5).signatures().get(0));
  }

  @Test
  void add_extensionLines_areCosignedToo() throws Exception {
    Checkpoint extended = new Checkpoint(ModelLog.ORIGIN, 5, log.root(5), List.of("an extension"));
    accepted(new AddCheckpoint(0, List.of(), log.signed(extended)).bytes());
    PlainNote kept = PlainNote.read(witness.newest(HASH).orElseThrow().bytes());
    assertThat(kept.text()).contains("an extension\n");
    assertThat(kept.verified(key.verifier().text())).containsExactly(NOW);
  }

  @Test
  void add_malformed_isRefused() {
    for (String body : List.of("", "old 0\n", "old 00\n\n", "new 0\n\nx\n\n", "\u0000")) {
      assertRefused(400, body.getBytes(StandardCharsets.UTF_8));
    }
    SignedNote noCheckpoint =
        new SignedNote(
            Bytes.owned("hello\n".getBytes(StandardCharsets.UTF_8)), log.note(1).signatures());
    assertRefused(400, new AddCheckpoint(0, List.of(), noCheckpoint).bytes());
  }

  @Test
  void add_twoHistoriesAtOnce_cosignsOnlyOne() throws Exception {
    for (int round = 0; round < 20; round++) {
      int at = 10 * round;
      accepted(log.request(at == 0 ? 0 : at, at));
      ModelLog fork = log.forkedAt(at);
      List<Witness.Answer> answers =
          atOnce(
              List.of(
                  () -> witness.add(log.request(at, at + 10)),
                  () -> witness.add(fork.request(at, at + 10)),
                  () -> witness.add(log.request(at, at + 10)),
                  () -> witness.add(fork.request(at, at + 10))));
      Checkpoint kept = Checkpoint.of(witness.newest(HASH).orElseThrow());
      assertThat(answers.stream().filter(Witness.Cosigned.class::isInstance)).hasSize(1);
      assertThat(answers.stream().filter(new Witness.Conflict(at + 10)::equals)).hasSize(3);
      reopen();
      assertThat(witness.newest(HASH).map(Checkpoint::of)).contains(kept);
      if (kept.root().equals(fork.root(at + 10))) {
        // The other history won: it is the log's from now on, so begin anew with the true one.
        witness.close();
        delete(state.resolve(HASH));
        witness = opened();
        accepted(log.request(0, at + 10));
      }
    }
  }

  @Test
  void add_manySizesAtOnce_neverGoesBack() throws Exception {
    List<Callable<List<Long>>> clients = new ArrayList<>();
    for (int client = 0; client < 8; client++) {
      int first = client;
      clients.add(
          () -> {
            List<Long> cosigned = new ArrayList<>();
            int last = 0;
            for (int size = 1 + first; size <= 300; size += 8) {
              if (last > size) {
                continue;
              }
              Witness.Answer answer = witness.add(log.request(last, size));
              if (answer instanceof Witness.Conflict conflict) {
                last = (int) conflict.size();
              } else {
                assertThat(answer).isInstanceOf(Witness.Cosigned.class);
                last = size;
                cosigned.add((long) size);
              }
            }
            return cosigned;
          });
    }
    List<Long> all = atOnce(clients).stream().flatMap(List::stream).sorted().toList();
    assertThat(all).isNotEmpty().doesNotHaveDuplicates();
    assertThat(witness.newest(HASH).map(note -> Checkpoint.of(note).size()))
        .contains(all.get(all.size() - 1));
  }

  @Test
  void open_anyBitOfTheStateFlipped_isRefusedOrChangesNothingThatCounts() throws IOException {
    accepted(log.request(0, 100));
    witness.close();
    byte[] good = Files.readAllBytes(state.resolve(HASH));
    int refused = 0;
    for (int bit = 0; bit < good.length * 8; bit += 5) {
      byte[] changed = good.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(state.resolve(HASH), changed);
      try (Witness read = opened()) {
        // Only the log's line may differ, which our own signature does not cover.
        assertThat(read.newest(HASH).map(Checkpoint::of))
            .contains(new Checkpoint(ModelLog.ORIGIN, 100, log.root(100)));
      } catch (VaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(good.length * 8 / 5 / 2);
    Files.write(state.resolve(HASH), good);
    witness = opened();
  }

  @Test
  void open_stateThatIsCutForeignOrMisplaced_isRefused() throws IOException {
    accepted(log.request(0, 100));
    witness.close();
    byte[] good = Files.readAllBytes(state.resolve(HASH));
    for (int length : List.of(0, 1, good.length / 2, good.length - 1)) {
      Files.write(state.resolve(HASH), java.util.Arrays.copyOf(good, length));
      assertCorrupt("does not read");
    }
    Files.write(state.resolve(HASH), log.note(100).bytes());
    assertCorrupt("not signed by this witness's key");
    Files.write(state.resolve(HASH), good);
    Path other = Files.write(state.resolve(WitnessState.hash("example.com/other")), good);
    assertCorrupt("the checkpoint of another log");
    Files.delete(other);
    Path stray = Files.writeString(state.resolve("notes.txt"), "hello");
    assertCorrupt("no file of a witness's state");
    Files.delete(stray);
    SigningKey another =
        SigningKey.generate("witness.example/w", VerifierKey.Type.COSIGNATURE, RANDOM);
    assertThatThrownBy(() -> new Witness(another, state, List.of(log.verifier()), CLOCK))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("not signed by this witness's key");
    witness = opened();
    assertThat(witness.newest(HASH)).isPresent();
  }

  @Test
  void open_unfinishedFile_isPassedOver() throws IOException {
    accepted(log.request(0, 100));
    witness.close();
    Path unfinished = Files.writeString(state.resolve(HASH + ".new"), "example.com/lo");
    witness = opened();
    assertThat(unfinished).doesNotExist();
    assertThat(witness.newest(HASH).map(note -> Checkpoint.of(note).size())).contains(100L);
    accepted(log.request(100, 101));
  }

  @Test
  void open_directoryInUse_isRefused() {
    assertThatThrownBy(this::opened)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  @Test
  void add_stateThatCannotBeWritten_signsNothingAndStaysWhereItWas() throws IOException {
    accepted(log.request(0, 100));
    Path away = state.resolveSibling("away");
    Files.move(state, away);
    assertThatThrownBy(() -> witness.add(log.request(100, 120)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    assertThat(witness.newest(HASH).map(note -> Checkpoint.of(note).size())).contains(100L);
    Files.move(away, state);
    assertThat(witness.add(log.request(120, 130))).isEqualTo(new Witness.Conflict(100));
    accepted(log.request(100, 130));
  }

  private void accepted(byte[] request) {
    assertThat(witness.add(request)).isInstanceOf(Witness.Cosigned.class);
  }

  private void assertRefused(int status, byte[] request) {
    assertThat(witness.add(request))
        .isInstanceOfSatisfying(
            Witness.Refused.class,
            no -> assertThat(no.reason().status()).as(no.why()).isEqualTo(status));
  }

  private void assertCorrupt(String why) {
    assertThatThrownBy(this::opened)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
        .hasMessageContaining(why);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> List<T> atOnce(List<? extends Callable<T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> call : calls) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<T> out = new ArrayList<>();
      for (Future<T> one : running) {
        out.add(one.get());
      }
      return out;
    } finally {
      threads.shutdownNow();
    }
  }
}

package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class PasswordSignInTest {
  private final World world = new World();

  @Test
  void byPassword_right_signsInWithRolesInAnyCaseOfTheName() {
    world.addUser("li.wei", "clerk", "auditor");
    SignIn answer = world.byPassword("Li.Wei", World.PASSWORD);
    assertThat(answer)
        .isInstanceOfSatisfying(
            SignedIn.class,
            in -> {
              assertThat(in.actor().name()).isEqualTo("li.wei");
              assertThat(in.actor().roles()).containsExactlyInAnyOrder("clerk", "auditor");
              assertThat(in.actor().kind()).isEqualTo(Actor.Kind.USER);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"li", "nobody", "disabled", "no-password", "an-app", "Not A Name", "", "user/li"})
  void byPassword_whateverIsWrong_sameAnswerForTheSameWork(String name) {
    world.addUser("li", "clerk");
    world.addUser("disabled", "clerk");
    world.identity.disable("disabled");
    world.identity.addUser("no-password", Set.of("clerk"), Actor.Kind.USER);
    world.identity.addUser("an-app", Set.of("clerk"), Actor.Kind.CLIENT);
    int before = world.passwords.tries();

    assertThat(world.byPassword(name, "wrong wrong wrong")).isEqualTo(Refused.NOT_AUTHENTICATED);

    assertThat(world.passwords.tries()).isEqualTo(before + 1);
  }

  @Test
  void byPassword_disabledWithTheRightPassword_isRefusedAlike() {
    world.addUser("li", "clerk");
    world.identity.disable("li");
    assertThat(world.byPassword("li", World.PASSWORD)).isEqualTo(Refused.NOT_AUTHENTICATED);
    world.identity.enable("li");
    assertThat(world.byPassword("li", World.PASSWORD)).isInstanceOf(SignedIn.class);
  }

  @Test
  void byPassword_userWithoutAPassword_matchesNotEvenTheEmptyOne() {
    world.identity.addUser("new", Set.of("clerk"), Actor.Kind.USER);
    assertThat(world.byPassword("new", "")).isEqualTo(Refused.NOT_AUTHENTICATED);
  }

  @Test
  void byPassword_decoyMatches_stillSignsNobodyIn() {
    world.addUser("disabled", "clerk");
    world.identity.disable("disabled");
    world.passwords.breakDown();
    for (String name : List.of("nobody", "disabled", "Not A Name")) {
      assertThat(world.byPassword(name, World.PASSWORD)).isEqualTo(Refused.NOT_AUTHENTICATED);
    }
  }

  @Test
  void byPassword_endlessPassword_isNotHashedAtLength() {
    world.addUser("li", "clerk");
    int before = world.passwords.tries();
    assertThat(world.byPassword("li", "x".repeat(1_000_000))).isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(world.passwords.tries()).isEqualTo(before + 1);
  }

  @Test
  void byPassword_anyAnswer_wipesThePassword() {
    world.addUser("li", "clerk");
    for (String text : List.of(World.PASSWORD, "wrong wrong wrong")) {
      char[] password = text.toCharArray();
      world.identity.byPassword("li", password);
      assertThat(password).containsOnly('\0');
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"li", "nobody", "Not A Name"})
  void byPassword_fiveFailures_locksOutWithoutWork(String name) {
    world.addUser("li", "clerk");
    world.failToSignIn(name, 5);
    int before = world.passwords.tries();

    assertThat(world.byPassword(name, World.PASSWORD))
        .isEqualTo(new Refused(RefusalCode.LOCKED_OUT, Optional.of(Duration.ofSeconds(1))));

    assertThat(world.passwords.tries()).isEqualTo(before);
  }

  @Test
  void byPassword_otherCaseOfALockedName_isLockedOutToo() {
    world.addUser("li", "clerk");
    world.failToSignIn("li", 5);
    assertThat(world.byPassword("LI", World.PASSWORD))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.LOCKED_OUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"li", "nobody"})
  void byPassword_delays_growAlikeForUsersAndOthers(String name) {
    world.addUser("li", "clerk");
    List<Long> seconds = new ArrayList<>();
    for (int failures = 5; failures <= 16; failures++) {
      world.failToSignIn(name, failures == 5 ? 5 : 1);
      Refused refused = (Refused) world.byPassword(name, "wrong wrong wrong");
      Duration wait = refused.retryAfter().orElse(Duration.ZERO);
      seconds.add(wait.toSeconds());
      world.clock.advance(wait);
    }
    assertThat(seconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L);
  }

  @Test
  void byPassword_rightAfterTheDelay_signsInAndForgetsTheFailures() {
    world.addUser("li", "clerk");
    world.failToSignIn("li", 5);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(world.byPassword("li", World.PASSWORD)).isInstanceOf(SignedIn.class);
    world.failToSignIn("li", 4);
    assertThat(world.byPassword("li", World.PASSWORD)).isInstanceOf(SignedIn.class);
  }

  @Test
  void byPassword_lockedOut_tokensStillWork() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    world.failToSignIn("li", 5);
    assertThat(world.identity.byToken(token)).isInstanceOf(SignedIn.class);
  }

  @Test
  void byPassword_storeOrHashFails_isNoFailureOfTheUser() {
    world.addUser("li", "clerk");
    world.passwords.during(
        stored -> {
          throw new VaultException(ErrorCode.CORRUPT, "told to fail");
        });
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> world.byPassword("li", World.PASSWORD)).hasMessage("told to fail");
    }
    world.passwords.during(stored -> {});
    assertThat(world.byPassword("li", World.PASSWORD)).isInstanceOf(SignedIn.class);
  }

  @Test
  void byPassword_crowd_onlySoManyHashesAtOnce() throws InterruptedException, ExecutionException {
    int people = 24;
    for (int i = 0; i < people; i++) {
      world.addUser("user" + i, "clerk");
    }
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(HashingLimit.AT_ONCE);
    world.passwords.during(
        stored -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          full.countDown();
          await(full);
          running.decrementAndGet();
        });

    ExecutorService pool = Executors.newFixedThreadPool(people);
    try {
      List<Future<SignIn>> answers = new ArrayList<>();
      for (int i = 0; i < people; i++) {
        String name = "user" + i;
        answers.add(pool.submit(() -> world.byPassword(name, World.PASSWORD)));
      }
      for (Future<SignIn> answer : answers) {
        assertThat(answer.get()).isInstanceOf(SignedIn.class);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(most).hasValue(HashingLimit.AT_ONCE);
  }

  @Test
  void byPassword_noTurnInTime_isBusyAndNoFailure()
      throws InterruptedException, ExecutionException {
    world.addUser("li", "clerk");
    world.addUser("wang", "clerk");
    Identity impatient =
        new Identity(
            world.accounts,
            world.clock,
            new SecureRandom(),
            world.passwords,
            new HashingLimit(1, Duration.ZERO));
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    world.passwords.during(
        stored -> {
          started.countDown();
          await(finish);
        });
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<SignIn> slow =
          pool.submit(() -> impatient.byPassword("li", World.PASSWORD.toCharArray()));
      started.await();
      for (int i = 0; i < 10; i++) {
        assertThat(impatient.byPassword("wang", World.PASSWORD.toCharArray()))
            .isEqualTo(new Refused(RefusalCode.BUSY, Optional.of(Duration.ofSeconds(1))));
      }
      assertThatThrownBy(() -> impatient.setPassword("wang", World.PASSWORD.toCharArray()))
          .hasMessageContaining("try again");
      finish.countDown();
      assertThat(slow.get()).isInstanceOf(SignedIn.class);
      assertThat(impatient.byPassword("wang", World.PASSWORD.toCharArray()))
          .isInstanceOf(SignedIn.class);
    } finally {
      finish.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void byPassword_withArgon2id_signsInWithTheRightOneAlone() {
    Identity real =
        new Identity(
            world.accounts, world.clock, new SecureRandom(), new Argon2idHash(new SecureRandom()));
    real.addUser("li", Set.of("clerk"), Actor.Kind.USER);
    real.setPassword("li", World.PASSWORD.toCharArray());
    assertThat(world.accounts.dump()).contains("$argon2id$").doesNotContain(World.PASSWORD);
    assertThat(real.byPassword("li", World.PASSWORD.toCharArray())).isInstanceOf(SignedIn.class);
    assertThat(real.byPassword("li", "correct horse batterY".toCharArray()))
        .isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(real.byPassword("wang", World.PASSWORD.toCharArray()))
        .isEqualTo(Refused.NOT_AUTHENTICATED);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.SettableClock;

class LockOutTest {
  private final SettableClock clock = new SettableClock();
  private final LockOut lockOut = new LockOut(clock);

  @Test
  void begin_failureAfterFailure_delayDoublesUpTo15Minutes() {
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      assertThat(lockOut.begin("li")).isEmpty();
      Duration wait = lockOut.begin("li").orElse(Duration.ZERO);
      if (wait.isZero()) {
        lockOut.withdrawn("li");
      }
      seconds.add(wait.toSeconds());
      clock.advance(wait);
    }
    assertThat(seconds)
        .containsExactly(
            0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L,
            900L);
  }

  @Test
  void begin_whileLocked_neitherCountsNorProlongs() {
    fail("li", 5);
    clock.advance(Duration.ofMillis(400));
    for (int i = 0; i < 100; i++) {
      assertThat(lockOut.begin("li")).contains(Duration.ofMillis(600));
    }
    clock.advance(Duration.ofMillis(600));
    assertThat(lockOut.begin("li")).isEmpty();
    assertThat(lockOut.begin("li")).contains(Duration.ofSeconds(2));
  }

  @Test
  void begin_manyTriesBeforeAnyAnswer_onlyFiveGoOn() {
    int wentOn = 0;
    for (int i = 0; i < 100; i++) {
      wentOn += lockOut.begin("li").isEmpty() ? 1 : 0;
    }
    assertThat(wentOn).isEqualTo(5);
  }

  @Test
  void begin_otherName_isNotLocked() {
    fail("li", 5);
    assertThat(lockOut.begin("wang")).isEmpty();
  }

  @Test
  void succeeded_afterFailures_startsAfresh() {
    fail("li", 4);
    assertThat(lockOut.begin("li")).isEmpty();
    lockOut.succeeded("li");
    assertThat(lockOut.names()).isZero();
    fail("li", 4);
    assertThat(lockOut.begin("li")).isEmpty();
  }

  @Test
  void withdrawn_try_doesNotCount() {
    fail("li", 4);
    for (int i = 0; i < 10; i++) {
      assertThat(lockOut.begin("li")).isEmpty();
      lockOut.withdrawn("li");
    }
  }

  @Test
  void begin_aDayAfterTheLastTry_startsAfresh() {
    fail("li", 5);
    clock.advance(LockOut.FORGET_AFTER);
    fail("li", 4);
    assertThat(lockOut.begin("li")).isEmpty();
  }

  @Test
  void begin_moreNamesThanAreKept_memoryStaysBounded() {
    fail("li", 5);
    for (int i = 0; i < LockOut.MOST_NAMES - 1; i++) {
      lockOut.begin("name" + i);
    }
    assertThat(lockOut.names()).isEqualTo(LockOut.MOST_NAMES);
    assertThat(lockOut.begin("li")).isPresent();
    lockOut.begin("one-more");
    lockOut.begin("and-another");
    assertThat(lockOut.names()).isEqualTo(LockOut.MOST_NAMES);
    assertThat(lockOut.begin("li")).as("tried lately, so not forgotten").isPresent();
  }

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(lockOut.begin(name)).isEmpty();
    }
  }
}

package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CourtesyTest {
  private static final long SECOND = 1_000_000_000;

  /** Near the end of its range, where plain comparisons of times go wrong. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2);

  private final AtomicInteger inside = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private Courtesy courtesy(int processors) {
    return new Courtesy(processors, now::get);
  }

  /** A step that lasts until all are released. */
  private FutureTask<Integer> step(Courtesy courtesy, int number) {
    FutureTask<Integer> task =
        new FutureTask<>(
            () ->
                courtesy.inTurn(
                    () -> {
                      inside.incrementAndGet();
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return number;
                    }));
    Thread thread = new Thread(task);
    threads.add(thread);
    thread.start();
    return task;
  }

  private void awaitWaiting(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void inTurn_nobodyAsks_neverWaits() throws Exception {
    Courtesy courtesy = courtesy(2);
    assertThat(courtesy.isDue()).isFalse();
    List<FutureTask<Integer>> steps = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      steps.add(step(courtesy, i));
    }
    await().until(() -> inside.get() == 5);
    release.countDown();
    for (int i = 0; i < 5; i++) {
      assertThat(steps.get(i).get()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "16, 8"})
  void inTurn_somebodyAsks_takesHalfOfTheProcessorsAndOneAtLeast(int processors, int most)
      throws Exception {
    Courtesy courtesy = courtesy(processors);
    courtesy.asked();
    assertThat(courtesy.isDue()).isTrue();
    for (int i = 0; i < most; i++) {
      assertThat(step(courtesy, i)).isNotDone();
    }
    await().until(() -> inside.get() == most);
    FutureTask<Integer> oneMore = step(courtesy, most);
    awaitWaiting(threads.get(most));
    assertThat(inside.get()).isEqualTo(most);
    release.countDown();
    assertThat(oneMore.get()).isEqualTo(most);
  }

  @Test
  void isDue_aSecondAfterTheLastQuestion_isOver() {
    Courtesy courtesy = courtesy(2);
    courtesy.asked();
    now.addAndGet(SECOND - 1);
    assertThat(courtesy.isDue()).isTrue();
    now.addAndGet(1);
    assertThat(courtesy.isDue()).isFalse();
  }

  @Test
  void inTurn_whoWaitsWhileTheLastQuestionAges_goesOnBesideWhoIsBusy() {
    Courtesy courtesy = courtesy(2);
    courtesy.asked();
    FutureTask<Integer> first = step(courtesy, 1);
    await().until(() -> inside.get() == 1);
    FutureTask<Integer> second = step(courtesy, 2);
    awaitWaiting(threads.get(1));
    now.addAndGet(SECOND);
    await().until(() -> inside.get() == 2);
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    release.countDown();
  }

  @Test
  void inTurn_stepThrows_givesItsTurnBack() {
    Courtesy courtesy = courtesy(2);
    courtesy.asked();
    assertThatThrownBy(
            () ->
                courtesy.inTurn(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(courtesy.inTurn(() -> 7)).isEqualTo(7);
  }

  @Test
  void inTurn_interrupted_doesNotWaitAndStaysInterrupted() throws Exception {
    Courtesy courtesy = courtesy(2);
    courtesy.asked();
    FutureTask<Integer> first = step(courtesy, 1);
    await().until(() -> inside.get() == 1);
    FutureTask<Boolean> second =
        new FutureTask<>(() -> courtesy.inTurn(() -> Thread.currentThread().isInterrupted()));
    Thread thread = new Thread(second);
    thread.start();
    awaitWaiting(thread);
    thread.interrupt();
    assertThat(second.get()).isTrue();
    assertThat(first).isNotDone();
    release.countDown();
  }
}

package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

@Timeout(60)
final class CrowdTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<List<One>> groups = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static final class One extends Crowd.Caller {
    private final int number;
    private int answer;

    private One(int number) {
      this.number = number;
    }

    private void answer() {
      answer = number + 1;
      answered();
    }
  }

  private static int ask(Crowd<One> crowd, int number) {
    One one = new One(number);
    crowd.await(one);
    return one.answer;
  }

  /** Keeps each group, says that one has begun, and answers it once it may go on. */
  private Crowd<One> waiting(int leaders, CountDownLatch begun, CountDownLatch goOn) {
    return new Crowd<>(
        leaders,
        group -> {
          groups.add(group);
          begun.countDown();
          uninterrupted(goOn);
          group.forEach(One::answer);
        });
  }

  /** Begins a group of one, which lasts until {@code goOn}, and lets others get in line behind. */
  private List<Future<Integer>> lineUp(Crowd<One> crowd, CountDownLatch begun, int others)
      throws Exception {
    List<Future<Integer>> out = new ArrayList<>();
    out.add(threads.submit(() -> ask(crowd, 0)));
    begun.await();
    for (int i = 1; i <= others; i++) {
      int number = i;
      out.add(threads.submit(() -> ask(crowd, number)));
    }
    while (crowd.inLine() < others) {
      Thread.sleep(1);
    }
    return out;
  }

  @Test
  void await_alone_isServedOnItsOwnThread() {
    Thread here = Thread.currentThread();
    Crowd<One> crowd =
        new Crowd<>(
            1,
            group -> {
              assertThat(Thread.currentThread()).isSameAs(here);
              group.forEach(One::answer);
            });

    assertThat(ask(crowd, 1)).isEqualTo(2);
    assertThat(ask(crowd, 2)).isEqualTo(3);
  }

  @Test
  void await_whoCameMeanwhile_isServedTogether() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Crowd<One> crowd = waiting(1, begun, goOn);
    List<Future<Integer>> asked = lineUp(crowd, begun, 20);
    goOn.countDown();

    for (int i = 0; i < asked.size(); i++) {
      assertThat(asked.get(i).get()).isEqualTo(i + 1);
    }
    assertThat(groups).extracting(List::size).containsExactly(1, 20);
  }

  @Test
  void await_severalMayLead_eachTakesItsShare() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Crowd<One> crowd = waiting(2, begun, goOn);
    List<Future<Integer>> asked = lineUp(crowd, begun, 0);
    Future<Integer> second = threads.submit(() -> ask(crowd, 0));
    while (groups.size() < 2) {
      Thread.sleep(1);
    }
    // Both lead, so whoever comes now stays in line.
    asked.addAll(lineUp(crowd, begun, 40));
    goOn.countDown();

    assertThat(second.get()).isEqualTo(1);
    for (Future<Integer> each : asked) {
      assertThat(each.get()).isPositive();
    }
    assertThat(groups).allMatch(group -> group.size() <= 21);
    assertThat(groups.stream().mapToInt(List::size).sum()).isEqualTo(43);
  }

  @Test
  void await_workThrows_failsThoseWithoutAnAnswerAndServesTheNext() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Crowd<One> crowd =
        new Crowd<>(
            1,
            group -> {
              groups.add(group);
              begun.countDown();
              uninterrupted(goOn);
              group.get(0).answer();
              throw new VaultException(ErrorCode.STORE_FAILED, "the disk is gone");
            });
    List<Future<Integer>> asked = lineUp(crowd, begun, 5);
    goOn.countDown();

    assertThat(asked.get(0).get()).isEqualTo(1);
    int refused = 0;
    for (Future<Integer> one : asked) {
      try {
        one.get();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(VaultException.class).hasMessageContaining("disk is gone");
        refused++;
      }
    }
    assertThat(refused).isEqualTo(4);
    assertThat(ask(crowd, 6)).isEqualTo(7);
  }

  @Test
  void await_aloneAndWorkThrows_throwsIt() {
    Crowd<One> crowd =
        new Crowd<>(
            1,
            group -> {
              throw new VaultException(ErrorCode.STORE_FAILED, "the disk is gone");
            });

    assertThatThrownBy(() -> ask(crowd, 1)).isInstanceOf(VaultException.class);
  }

  @Test
  void await_interrupted_waitsForItsAnswerAndStaysInterrupted() {
    Crowd<One> crowd =
        new Crowd<>(
            1,
            group -> {
              var unused = threads.submit(() -> group.forEach(One::answer));
            });
    Thread.currentThread().interrupt();

    int answer = ask(crowd, 1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).isEqualTo(2);
  }

  @Test
  void await_manyThreadsAnsweredByAnother_allReturn() throws Exception {
    ExecutorService answering = Executors.newSingleThreadExecutor();
    for (int leaders = 1; leaders <= 2; leaders++) {
      Crowd<One> crowd =
          new Crowd<>(
              leaders,
              group -> {
                var unused = answering.submit(() -> group.forEach(One::answer));
              });
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        wrong.add(
            threads.submit(
                () -> {
                  int out = 0;
                  for (int i = 0; i < 5_000; i++) {
                    out += ask(crowd, i) == i + 1 ? 0 : 1;
                  }
                  return out;
                }));
      }
      for (Future<Integer> each : wrong) {
        assertThat(each.get()).isZero();
      }
    }
    answering.shutdownNow();
  }

  private static void uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

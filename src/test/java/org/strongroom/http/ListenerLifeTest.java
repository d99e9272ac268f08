package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** How a listener begins and ends. */
final class ListenerLifeTest {
  @Test
  void close_withRequestInFlight_letsItFinishAndTakesNoMore() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Route<String> slow =
        Route.get(
            "/slow",
            "Waits",
            c -> {
              begun.countDown();
              c.answer(Map.of("finished", finish.await(30, TimeUnit.SECONDS)));
            });
    try (Served own = new Served(List.of(slow))) {
      CompletableFuture<HttpResponse<String>> answer =
          own.client.sendAsync(own.request("/slow").build(), HttpResponse.BodyHandlers.ofString());
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

      CompletableFuture<Void> closed = CompletableFuture.runAsync(own.listener::close);
      Awaitility.await()
          .untilAsserted(
              () -> assertThatThrownBy(own::plainSocket).isInstanceOf(IOException.class));
      assertThat(closed).isNotDone();
      finish.countDown();

      assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("{\"finished\":true}");
      closed.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_withRequestThatNeverEnds_cutsItOff() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Route<String> endless =
        Route.get(
            "/endless",
            "Waits",
            c -> {
              begun.countDown();
              new CountDownLatch(1).await();
            });
    Limits d = Limits.DEFAULT;
    Limits hasty =
        new Limits(d.maxHeaderBytes(), d.headersWithin(), d.idle(), 0, 10, Duration.ofMillis(300));
    try (Served own = new Served(List.of(endless), hasty)) {
      CompletableFuture<HttpResponse<String>> answer =
          own.client.sendAsync(
              own.request("/endless").build(), HttpResponse.BodyHandlers.ofString());
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

      own.listener.close();

      assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void start_portTaken_isRefused() {
    try (Served served = new Served(List.of());
        Listener second =
            new Listener(
                ListenAddress.parse("127.0.0.1:" + served.port),
                served.tls,
                List.<Route<String>>of(),
                Served.DOORKEEPER,
                Limits.DEFAULT,
                new SecureRandom())) {
      VaultException e = catchThrowableOfType(VaultException.class, second::start);

      assertThat(e.code()).isEqualTo(ErrorCode.REFUSED_TO_LISTEN);
      assertThat(e.getMessage()).contains("--listen");
    }
  }

  @Test
  void routes_declaredTwice_areRefused() {
    Route<String> one = Route.get("/a/{b}", "One", c -> c.answer("1"));
    Route<String> other = Route.get("/a/{c}", "Other", c -> c.answer("2"));

    assertThatThrownBy(() -> new Served(List.of(one, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declared twice");
  }
}

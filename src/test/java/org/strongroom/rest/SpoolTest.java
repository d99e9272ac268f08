package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpoolTest {
  private static final Duration NOW = Duration.ofMillis(1);

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] all(Spool spool) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part = spool.take(NOW); part != null; part = spool.take(NOW)) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Against a plain buffer, with lines of all sizes taken at random moments. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void take_whateverTheOrderOfCalls_givesWhatWasAdded(long seed) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    try (Spool spool = new Spool(1_000, 10_000_000)) {
      for (int i = 0; i < 2_000; i++) {
        byte[] line = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 5_000)];
        random.nextBytes(line);
        spool.add(line);
        added.writeBytes(line);
        for (int n = random.nextInt(3); n > 0; n--) {
          byte[] part = spool.take(NOW);
          if (part != null) {
            taken.writeBytes(part);
          }
        }
      }
      spool.end();
      taken.writeBytes(all(spool));
      assertThat(spool.isEnded()).isTrue();
    }
    assertThat(taken.toByteArray()).isEqualTo(added.toByteArray());
  }

  @Test
  void add_whenFull_waitsUntilAllIsTaken() throws Exception {
    try (Spool spool = new Spool(0, 10)) {
      spool.add(line("0123456789"));
      CompletableFuture<Boolean> second =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  spool.add(line("second"));
                  return true;
                } catch (IOException e) {
                  return false;
                }
              });

      assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(spool.take(NOW)).isEqualTo(line("0123456789"));
      assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(spool.take(NOW)).isEqualTo(line("second"));
    }
  }

  @Test
  void breakOff_whileAddingWaits_failsIt() throws Exception {
    try (Spool spool = new Spool(0, 10)) {
      spool.add(line("0123456789"));
      CompletableFuture<Void> second =
          CompletableFuture.runAsync(
              () -> {
                try {
                  spool.add(line("second"));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      spool.breakOff(new IOException("gone"));

      assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("gone");
      assertThatThrownBy(() -> spool.take(NOW)).hasMessage("gone");
    }
  }

  @Test
  void abandon_onlyBeforeAnythingWasSaid() throws IOException {
    try (Spool silent = new Spool();
        Spool spoken = new Spool();
        Spool begun = new Spool()) {
      spoken.add(line("x"));
      assertThat(begun.begin()).isTrue();

      assertThat(silent.abandon()).isTrue();
      assertThat(silent.begin()).isFalse();
      assertThat(silent.isEnded()).isTrue();
      assertThat(spoken.abandon()).isFalse();
      assertThat(begun.abandon()).isFalse();
    }
  }
}

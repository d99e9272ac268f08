package org.strongroom.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;

/** That RocksDB's own writing is held back for those who ask, and for nobody else. */
final class PaceTest {
  private final AtomicBoolean asked = new AtomicBoolean();

  @BeforeAll
  static void load() {
    RocksDB.loadLibrary();
  }

  @Test
  void giveWay_whileSomebodyAsks_holdsBackAndLetsGoAfterwards() {
    try (Pace pace = new Pace()) {
      assertThat(pace.limiter().getBytesPerSecond()).isEqualTo(Pace.FREE_BYTES);
      pace.giveWay(asked::get);
      for (int i = 0; i < 2; i++) {
        asked.set(true);
        requireSoon(pace, Pace.HELD_BYTES);
        asked.set(false);
        requireSoon(pace, Pace.FREE_BYTES);
      }
    }
  }

  @Test
  void release_whileSomebodyAsks_holdsNothingBackAnyMore() {
    try (Pace pace = new Pace()) {
      asked.set(true);
      pace.giveWay(asked::get);
      requireSoon(pace, Pace.HELD_BYTES);
      pace.release();
      assertThat(pace.limiter().getBytesPerSecond()).isEqualTo(Pace.FREE_BYTES);
    }
  }

  private static void requireSoon(Pace pace, long bytesPerSecond) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> pace.limiter().getBytesPerSecond() == bytesPerSecond);
  }
}

package org.strongroom.leak.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.Id;

final class AllowanceTest {
  private static final Id ONE = new Id(0, 1);
  private static final Id OTHER = new Id(0, 2);

  private Instant now = Instant.parse("2026-03-02T08:00:00Z");

  private final Allowance allowance =
      new Allowance(
          20,
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              throw new UnsupportedOperationException();
            }
          });

  private int taken(Id account) {
    int taken = 0;
    while (allowance.take(account, 1)) {
      taken++;
    }
    return taken;
  }

  @Test
  void take_atFirst_isTheWholeHour() {
    assertThat(taken(ONE)).isEqualTo(20);
    assertThat(taken(OTHER)).isEqualTo(20);
  }

  @Test
  void take_moreThanThereIs_takesNothing() {
    assertThat(allowance.take(ONE, 15)).isTrue();
    assertThat(allowance.take(ONE, 6)).isFalse();
    assertThat(allowance.take(ONE, 5)).isTrue();
    assertThat(allowance.take(ONE, 21)).isFalse();
  }

  @Test
  void take_asTimePasses_fillsEvenlyAndNoFurther() {
    assertThat(taken(ONE)).isEqualTo(20);
    now = now.plus(Duration.ofMinutes(2));
    assertThat(taken(ONE)).isZero();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(taken(ONE)).isEqualTo(1);
    now = now.plus(Duration.ofMinutes(30));
    assertThat(taken(ONE)).isEqualTo(10);
    now = now.plus(Duration.ofDays(30));
    assertThat(taken(ONE)).isEqualTo(20);
  }

  @Test
  void take_clockSetBack_givesNothing() {
    assertThat(taken(ONE)).isEqualTo(20);
    now = now.minus(Duration.ofDays(3));
    assertThat(taken(ONE)).isZero();
  }

  /** Those who were here are forgotten once their buckets are full again, and none before. */
  @Test
  void take_byManyAccounts_keepsWhatIsNotFull() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(allowance.take(new Id(1, i), 1)).isTrue();
    }
    now = now.plus(Duration.ofMinutes(30));
    assertThat(taken(ONE)).isEqualTo(20);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(allowance.take(OTHER, 1)).isTrue();
    assertThat(taken(ONE)).isZero();
  }
}

package org.strongroom.leak.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SettableClock;

final class AllowanceTest {
  private static final Id ONE = new Id(0, 1);
  private static final Id OTHER = new Id(0, 2);

  private final SettableClock clock = new SettableClock();
  private final Allowance allowance = new Allowance(20, clock);

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
    clock.advance(Duration.ofMinutes(2));
    assertThat(taken(ONE)).isZero();
    clock.advance(Duration.ofMinutes(1));
    assertThat(taken(ONE)).isEqualTo(1);
    clock.advance(Duration.ofMinutes(30));
    assertThat(taken(ONE)).isEqualTo(10);
    clock.advance(Duration.ofDays(30));
    assertThat(taken(ONE)).isEqualTo(20);
  }

  @Test
  void take_clockSetBack_givesNothing() {
    assertThat(taken(ONE)).isEqualTo(20);
    clock.advance(Duration.ofDays(3).negated());
    assertThat(taken(ONE)).isZero();
  }

  /** Those who were here are forgotten once their buckets are full again, and none before. */
  @Test
  void take_byManyAccounts_keepsWhatIsNotFull() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(allowance.take(new Id(1, i), 1)).isTrue();
    }
    clock.advance(Duration.ofMinutes(30));
    assertThat(taken(ONE)).isEqualTo(20);
    clock.advance(Duration.ofMinutes(1));
    assertThat(allowance.take(OTHER, 1)).isTrue();
    assertThat(taken(ONE)).isZero();
  }
}

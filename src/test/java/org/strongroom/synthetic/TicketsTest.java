package org.strongroom.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicketsTest {
  @Test
  void deal_weightsThatDoNotDivide_goesByLargestRemainder() {
    Tickets tickets = Tickets.deal(new long[] {5, 0, 3, 3}, 4);
    assertThat(new int[] {tickets.count(0), tickets.count(1), tickets.count(2), tickets.count(3)})
        .containsExactly(7, 0, 5, 4);
    assertThat(tickets.first(3)).isEqualTo(12);
    assertThat(tickets.owner(11)).isEqualTo(2);
  }

  @Test
  void draw_extremeBits_findsFirstAndLast() {
    Tickets tickets = Tickets.deal(new long[] {1, 1}, 1);
    assertThat(tickets.draw(0)).isZero();
    assertThat(tickets.draw(-1)).isEqualTo(1);
  }
}

package org.strongroom.leak.judge;

import java.util.Arrays;

/**
 * Narrows down the moment at which a copy was taken, around the time in which the most records were
 * true at once.
 *
 * <p>Until a copy is taken the number of its records that are true mostly rises, as they get the
 * values that were copied; from then on it falls, as they change again. Where all records are of
 * one copy, its moment is where the most were true. Where others are mixed in, older ones pull that
 * maximum back in time and newer ones forward; but the moment still is where rising turns into
 * falling. So the steps before and after are each taken for draws of their own, up or down, with
 * shares that are estimated from the steps nearby; and every moment counts that is not {@link
 * #LIKELIHOOD_RATIO} times less likely than the likeliest. With a clean copy that is the maximum
 * and nothing else.
 *
 * <p>By simulation, 5,000 records of whom a third changed each year, and 2 per cent wrong: with 30
 * per cent of them from a copy three months older, the maximum alone misses the moment in half of
 * the trials and by more than a day in a fifth; this misses it in one of fifteen, and by more than
 * a day in none of a hundred. {@code WindowsTest} holds that.
 */
final class ChangePoint {
  /** A moment that much less likely than the likeliest is left out. */
  static final double LIKELIHOOD_RATIO = 20;

  /** How many steps on either side are looked at: those far away tell of other copies. */
  private static final int STEPS = 100;

  /**
   * What is taken to be known beforehand, as ten steps: that 96 per cent go the right way. One
   * record alone then never outweighs another.
   */
  private static final double RIGHT_BEFOREHAND = 9.6;

  private static final double WRONG_BEFOREHAND = 0.4;
  private static final int ROUNDS = 2;

  private final int[] counts;

  /** The cells in which the count changed, in order, and by how much. */
  private final int[] cells;

  private final int[] steps;

  /** The last cell that is looked at. */
  private final int end;

  private ChangePoint(int[] counts, Timeline.Run best) {
    this.counts = counts;
    int first = best.first();
    for (int seen = 0; seen < STEPS && first > 0; first--) {
      seen += step(first) == 0 ? 0 : 1;
    }
    int last = best.last();
    for (int seen = 0; seen < STEPS && last + 1 < counts.length; last++) {
      seen += step(last + 1) == 0 ? 0 : 1;
    }
    int[] found = new int[2 * STEPS + 2];
    int size = 0;
    for (int cell = first; cell <= last; cell++) {
      if (step(cell) != 0 || cell == first) {
        found[size++] = cell;
      }
    }
    this.end = last;
    this.cells = Arrays.copyOf(found, size);
    this.steps = new int[size];
    for (int k = 0; k < size; k++) {
      steps[k] = step(cells[k]);
    }
  }

  /**
   * The cells in which a copy may have been taken.
   *
   * @param counts at the end of each cell
   * @param best where the most were true
   */
  static Timeline.Run around(int[] counts, Timeline.Run best) {
    return new ChangePoint(counts, best).likely(best);
  }

  private int step(int cell) {
    return counts[cell] - (cell == 0 ? 0 : counts[cell - 1]);
  }

  private Timeline.Run likely(Timeline.Run best) {
    int turn = 0;
    while (turn + 1 < cells.length && cells[turn + 1] <= best.first()) {
      turn++;
    }
    double[] score = new double[cells.length];
    for (int round = 0; round < ROUNDS; round++) {
      double rising = right(1, turn + 1, 1);
      double falling = right(turn + 1, cells.length, -1);
      if (rising + falling <= 1) {
        return best;
      }
      double up = Math.log(rising / (1 - falling));
      double down = Math.log((1 - rising) / falling);
      for (int k = 1; k < score.length; k++) {
        score[k] = score[k - 1] + steps[k] * (steps[k] > 0 ? up : -down);
      }
      for (int k = 0; k < score.length; k++) {
        turn = score[k] > score[turn] ? k : turn;
      }
    }
    double least = score[turn] - Math.log(LIKELIHOOD_RATIO);
    int first = 0;
    while (score[first] < least) {
      first++;
    }
    int last = score.length - 1;
    while (score[last] < least) {
      last--;
    }
    int until = last + 1 < cells.length ? cells[last + 1] - 1 : end;
    return new Timeline.Run(cells[first], until, counts[cells[turn]]);
  }

  /** The share of steps that go in a direction; a step of many records at once is one. */
  private double right(int from, int to, int direction) {
    double right = RIGHT_BEFOREHAND;
    double wrong = WRONG_BEFOREHAND;
    for (int k = from; k < to; k++) {
      if (Integer.signum(steps[k]) == direction) {
        right++;
      } else {
        wrong++;
      }
    }
    return right / (right + wrong);
  }
}

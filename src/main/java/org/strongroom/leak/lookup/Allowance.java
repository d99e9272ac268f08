package org.strongroom.leak.lookup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.strongroom.kernel.Id;

/**
 * How often each account may do something: a bucket of tokens each, full at first, that fills
 * evenly over an hour. In memory only: it is full again after a restart. Memory grows with the
 * accounts that were here within an hour. Thread-safe.
 */
final class Allowance {
  private static final Duration FILLS_IN = Duration.ofHours(1);
  private static final int SWEEP_ABOVE = 10_000;

  private final int perHour;
  private final Clock clock;
  private final Map<Id, Bucket> buckets = new HashMap<>();

  private record Bucket(double tokens, Instant at) {}

  Allowance(int perHour, Clock clock) {
    this.perHour = perHour;
    this.clock = clock;
  }

  /**
   * Takes {@code count} tokens of an account, or none.
   *
   * @return whether there were so many
   */
  synchronized boolean take(Id account, int count) {
    Instant now = clock.instant();
    double tokens = tokens(buckets.getOrDefault(account, new Bucket(perHour, now)), now);
    boolean enough = tokens >= count;
    buckets.put(account, new Bucket(enough ? tokens - count : tokens, now));
    if (buckets.size() > SWEEP_ABOVE) {
      buckets.values().removeIf(bucket -> tokens(bucket, now) >= perHour);
    }
    return enough;
  }

  private double tokens(Bucket bucket, Instant now) {
    // A clock that is set back gives nothing and takes nothing.
    double hours =
        Math.max(0, Duration.between(bucket.at(), now).toMillis()) / (double) FILLS_IN.toMillis();
    return Math.min(perHour, bucket.tokens() + hours * perHour);
  }
}

package org.strongroom.http;

import java.time.Duration;

/**
 * How much one client may ask of the listener before it is cut off.
 *
 * @param maxHeaderBytes request line and headers together; beyond it 431 (or 414)
 * @param headersWithin how long a client may take for the TLS handshake and one request's headers;
 *     an unfinished one is cut off after one to three times this long
 * @param idle how long a connection may stay without a byte
 * @param minBodyBytesPerSecond the slowest body that is still read, on average
 * @param maxConnections further connections wait in the system's queue
 * @param drain how long requests in flight may take to finish once the listener stops
 */
public record Limits(
    int maxHeaderBytes,
    Duration headersWithin,
    Duration idle,
    int minBodyBytesPerSecond,
    int maxConnections,
    Duration drain) {

  public static final Limits DEFAULT =
      new Limits(
          8 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          256,
          1024,
          Duration.ofSeconds(20));

  public Limits {
    if (maxHeaderBytes < 1 || minBodyBytesPerSecond < 0 || maxConnections < 1) {
      throw new IllegalArgumentException("a limit must be positive");
    }
    if (headersWithin.isNegative()
        || headersWithin.isZero()
        || idle.isNegative()
        || idle.isZero()) {
      throw new IllegalArgumentException("a time limit must be positive");
    }
    if (drain.isNegative() || drain.isZero()) {
      throw new IllegalArgumentException("draining takes some time");
    }
  }
}

package org.strongroom.app;

import java.security.SecureRandom;
import java.time.Clock;
import org.strongroom.cli.Strongroom;

/** Starts the program: the one place where the clock and the source of randomness are chosen. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    LocalHost host = new LocalHost(Clock.systemUTC(), new SecureRandom());
    System.exit(Strongroom.run(host, System.getenv(), arguments));
  }
}

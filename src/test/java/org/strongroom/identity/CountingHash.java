package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A fast stand-in that counts how often the slow function would have run. */
final class CountingHash implements PasswordHash {
  private final AtomicInteger hashes = new AtomicInteger();
  private final AtomicInteger tries = new AtomicInteger();
  private volatile boolean broken;
  private volatile Consumer<String> during = stored -> {};

  int hashes() {
    return hashes.get();
  }

  int tries() {
    return tries.get();
  }

  /** Runs {@code action} within every try, with the stored hash. */
  void during(Consumer<String> action) {
    during = action;
  }

  /** From now on every password matches every hash. */
  void breakDown() {
    broken = true;
  }

  @Override
  public String hash(char[] password) {
    hashes.incrementAndGet();
    return text(password);
  }

  @Override
  public boolean matches(char[] password, String stored) {
    tries.incrementAndGet();
    during.accept(stored);
    return broken || text(password).equals(stored);
  }

  @Override
  public String decoy() {
    return "fake:decoy";
  }

  private static String text(char[] password) {
    byte[] bytes = new String(password).getBytes(StandardCharsets.UTF_8);
    return "fake:" + HexFormat.of().formatHex(bytes);
  }
}

package org.strongroom.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Keeps copies, holds callers to the form of the keys, counts, and fails when told to. */
final class InMemoryAccounts implements Accounts {
  private static final Pattern KEY = Pattern.compile("[a-z]+/[A-Za-z0-9._-]+");

  private final Map<String, byte[]> values = new TreeMap<>();
  private boolean failing;
  private int reads;
  private String hooked = "";
  private Runnable hook = () -> {};

  synchronized void failWrites(boolean fail) {
    failing = fail;
  }

  /** Runs {@code action} once, when {@code key} has been read and before its reader goes on. */
  synchronized void afterNextReadOf(String key, Runnable action) {
    hooked = key;
    hook = action;
  }

  synchronized int reads() {
    return reads;
  }

  synchronized List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** Everything kept, as text. */
  synchronized String dump() {
    StringBuilder out = new StringBuilder();
    values.forEach(
        (key, value) ->
            out.append(key)
                .append(' ')
                .append(new String(value, StandardCharsets.UTF_8))
                .append('\n'));
    return out.toString();
  }

  @Override
  public synchronized Optional<byte[]> read(String key) {
    check(key);
    reads++;
    Optional<byte[]> value = Optional.ofNullable(values.get(key)).map(byte[]::clone);
    if (key.equals(hooked)) {
      hooked = "";
      hook.run();
    }
    return value;
  }

  @Override
  public synchronized void write(Map<String, Optional<byte[]>> changes) {
    if (failing) {
      throw new VaultException(ErrorCode.STORE_FAILED, "told to fail");
    }
    changes.keySet().forEach(InMemoryAccounts::check);
    changes.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            values.put(key, value.get().clone());
          } else {
            values.remove(key);
          }
        });
  }

  @Override
  public synchronized void writeRefused(Map<String, Optional<byte[]>> changes) {
    write(changes);
  }

  @Override
  public synchronized List<byte[]> list(String prefix) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getValue().clone())
        .toList();
  }

  private static void check(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not kind/name: " + key);
    }
  }
}

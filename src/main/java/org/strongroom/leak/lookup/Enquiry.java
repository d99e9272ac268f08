package org.strongroom.leak.lookup;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.strongroom.crypto.OprfQuery;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Asks whether an identifier is in a registered leak. The identifier stays here: the vault is told
 * the first 16 bits of a hash of it, and sees neither the rest nor the outcome. Thread-safe.
 */
public final class Enquiry {
  private static final int LEAK_DIGITS = 3;

  private final LookupPort port;
  private final Randomness random;
  private final Clock clock;

  public Enquiry(LookupPort port, Randomness random, Clock clock) {
    this.port = port;
    this.random = random;
    this.clock = clock;
  }

  /**
   * The leaks that hold the identifier, by number.
   *
   * @param raw as people write it
   * @throws VaultException {@code INVALID_VALUE} when it cannot be one; {@code UNREADABLE_INPUT}
   *     when the vault's answer is none; and those of {@link LookupPort}
   */
  public List<Leak> find(LookupKind kind, String raw) {
    String canonical = kind.canonical(raw, clock);
    LookupKey key = kind.guessable() ? evaluated(canonical) : LookupKey.ofPlain(canonical);
    List<Integer> numbers = numbers(port.range(kind, key.prefix()), key.suffix());
    Map<Integer, Leak> leaks =
        port.leaks().stream().collect(Collectors.toMap(Leak::number, Function.identity()));
    List<Leak> out = new ArrayList<>();
    for (int number : numbers) {
      // A leak may have been registered or withdrawn between the two answers.
      if (leaks.containsKey(number)) {
        out.add(leaks.get(number));
      }
    }
    return out;
  }

  private LookupKey evaluated(String canonical) {
    OprfQuery query = OprfQuery.of(canonical.getBytes(StandardCharsets.UTF_8), random);
    List<Bytes> evaluated = port.evaluate(List.of(query.blinded()));
    if (evaluated.size() != 1) {
      throw strange();
    }
    return LookupKey.of(query.finish(evaluated.get(0)));
  }

  private static List<Integer> numbers(String range, String suffix) {
    return range
        .lines()
        .filter(line -> requireLine(line).startsWith(suffix))
        .map(line -> Integer.parseInt(line.substring(suffix.length() + 1)))
        .filter(number -> number > 0)
        .sorted()
        .toList();
  }

  private static String requireLine(String line) {
    int colon = 2 * LookupKey.SUFFIX_BYTES;
    boolean ok = line.length() == colon + 1 + LEAK_DIGITS && line.charAt(colon) == ':';
    for (int i = 0; ok && i < line.length(); i++) {
      ok = i == colon || Character.digit(line.charAt(i), i < colon ? 16 : 10) >= 0;
    }
    if (!ok) {
      throw strange();
    }
    return line;
  }

  private static VaultException strange() {
    return new VaultException(
        ErrorCode.UNREADABLE_INPUT, "the answer is not one of a vault; ask its operator");
  }
}

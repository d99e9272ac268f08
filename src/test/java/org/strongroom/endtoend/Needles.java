package org.strongroom.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.strongroom.kernel.Bytes;

/**
 * Looks for many byte strings at once in files of any size, in one pass: the {@value #KEY_BYTES}
 * bytes at each place are looked up in a table of the needles' first bytes.
 */
final class Needles {
  /** No needle is shorter: it would be found by chance in what is sealed. */
  static final int KEY_BYTES = 6;

  /** As the script calls what is looked for. */
  private static final List<String> COLUMNS = List.of("ZJHM", "XM", "SJHM", "ZZ");

  private static final JsonMapper JSON = new JsonMapper();
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long KEY_MASK = (1L << (8 * KEY_BYTES)) - 1;
  private static final int SLOT_BITS = 22;

  /** By the hash of the first bytes: whether any needle begins so. */
  private final long[] slots = new long[1 << (SLOT_BITS - 6)];

  private final Map<Long, List<Needle>> byKey = new HashMap<>();
  private int longest = KEY_BYTES;

  private record Needle(Bytes bytes, String what) {}

  /**
   * ID numbers, names, phones and addresses of {@code sample} people, as they came in and as they
   * are kept, in every disguise; a quarter of them such as were rejected.
   *
   * @param lines of the register, which is NDJSON with the script's first set of columns
   */
  static Needles of(Register register, List<String> lines, int sample) throws IOException {
    List<Register.Person> all;
    try (Stream<Register.Person> people = register.people()) {
      all = people.toList();
    }
    List<Register.Person> sampled =
        new ArrayList<>(all.stream().filter(it -> !it.kept()).limit(sample / 4).toList());
    all.stream().filter(Register.Person::kept).limit(sample - sampled.size()).forEach(sampled::add);
    Needles needles = new Needles();
    for (Register.Person person : sampled) {
      JsonNode spelt = JSON.readTree(lines.get((int) person.n() - 1));
      for (String column : COLUMNS) {
        needles.addAll(spelt.get(column).asText().strip(), column + " of " + person.n());
      }
      if (person.kept()) {
        needles.addAll(person.residentId(), "resident_id of " + person.n());
        needles.addAll(person.phone(), "phone of " + person.n());
        needles.addAll(person.phone().substring(3), "national phone of " + person.n());
        needles.addAll(person.value("address"), "address of " + person.n());
      }
    }
    return needles;
  }

  /** Adds a value in every disguise that is long enough. */
  void addAll(String value, String what) {
    // What the script breaks a phone with is nobody's.
    if (!value.isEmpty() && !value.equals("12345")) {
      for (Disguise disguise : Disguise.values()) {
        disguise.needles(value).forEach(form -> add(form, what + " as " + disguise));
      }
    }
  }

  /**
   * Adds a needle.
   *
   * @param what to call it when it is found
   */
  void add(byte[] bytes, String what) {
    if (bytes.length < KEY_BYTES) {
      throw new IllegalArgumentException(what + " is too short to look for");
    }
    long key = 0;
    for (int i = 0; i < KEY_BYTES; i++) {
      key = key << 8 | (bytes[i] & 0xff);
    }
    int slot = slot(key);
    slots[slot >>> 6] |= 1L << slot;
    List<Needle> same = byKey.computeIfAbsent(key, it -> new ArrayList<>());
    Needle needle = new Needle(Bytes.copyOf(bytes), what);
    if (same.stream().noneMatch(it -> it.bytes().equals(needle.bytes()))) {
      same.add(needle);
    }
    longest = Math.max(longest, bytes.length);
  }

  int size() {
    return byKey.values().stream().mapToInt(List::size).sum();
  }

  /** What is found in these files, and where. */
  Set<String> in(List<Path> files) throws IOException {
    Set<String> found = new HashSet<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        scan(in, file.toString(), found);
      } catch (NoSuchFileException goneMeanwhile) {
        // The program moves its files while they are looked at.
      }
    }
    return found;
  }

  private void scan(InputStream in, String name, Set<String> found) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES + longest];
    int kept = 0;
    while (true) {
      int count = in.readNBytes(buffer, kept, BUFFER_BYTES);
      int limit = kept + count;
      boolean last = count < BUFFER_BYTES;
      // What could begin a needle that goes on in the next buffer is looked at then.
      int to = last ? limit : limit - longest + 1;
      scan(buffer, to, limit, name, found);
      if (last) {
        return;
      }
      kept = limit - to;
      System.arraycopy(buffer, to, buffer, 0, kept);
    }
  }

  private void scan(byte[] buffer, int to, int limit, String name, Set<String> found) {
    long key = 0;
    for (int i = 0; i < Math.min(to + KEY_BYTES - 1, limit); i++) {
      key = (key << 8 | (buffer[i] & 0xff)) & KEY_MASK;
      int slot = slot(key);
      if ((slots[slot >>> 6] & 1L << slot) != 0 && i >= KEY_BYTES - 1) {
        match(buffer, i - KEY_BYTES + 1, limit, key, name, found);
      }
    }
  }

  private void match(byte[] buffer, int at, int limit, long key, String name, Set<String> found) {
    for (Needle needle : byKey.getOrDefault(key, List.of())) {
      byte[] bytes = needle.bytes().unsafeArray();
      int end = at + bytes.length;
      if (end <= limit && Arrays.equals(buffer, at, end, bytes, 0, bytes.length)) {
        found.add(needle.what() + " in " + name);
      }
    }
  }

  private static int slot(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> (64 - SLOT_BITS));
  }
}

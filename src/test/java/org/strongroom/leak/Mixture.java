package org.strongroom.leak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A sample of which it is known what is in it. */
final class Mixture {
  private final Town town;
  private final Random random;
  private final List<Map<String, String>> records = new ArrayList<>();
  private int genuine;
  private int strangers;

  Mixture(Town town, long seed) {
    this.town = town;
    this.random = new Random(seed);
  }

  /** Adds residents as they were when a day ended. */
  Mixture residents(List<Integer> who, int day) {
    who.forEach(i -> records.add(town.of(i, day)));
    genuine += who.size();
    return this;
  }

  /** Adds people whose numbers are well-formed and whom the vault never held. */
  Mixture strangers(int count) {
    for (int i = 0; i < count; i++) {
      records.add(town.stranger(strangers++));
    }
    return this;
  }

  /** Adds residents with values that were never theirs. */
  Mixture patched(List<Integer> who, int day) {
    for (int i : who) {
      Map<String, String> record = new TreeMap<>(town.of(i, day));
      Map<String, String> other = town.stranger(100_000 + strangers++);
      record.put("address", other.getOrDefault("address", ""));
      record.put("name", other.getOrDefault("name", ""));
      records.add(record);
    }
    return this;
  }

  /** Adds records whose ID numbers have a wrong check digit, and no other identifier. */
  Mixture broken(int count) {
    for (int i = 0; i < count; i++) {
      Map<String, String> record = new TreeMap<>(town.stranger(200_000 + strangers++));
      String number = record.getOrDefault("resident_id", "");
      char last = number.charAt(17);
      record.put("resident_id", number.substring(0, 17) + (last == '5' ? '6' : '5'));
      record.remove("phone");
      record.remove("name");
      records.add(record);
    }
    return this;
  }

  /** The same records once more. */
  Mixture again(int count) {
    records.addAll(List.copyOf(records.subList(0, count)));
    return this;
  }

  /** Distinct genuine records by distinct records. */
  double share() {
    return (double) genuine / records.stream().distinct().count();
  }

  int size() {
    return records.size();
  }

  /** As JSON under the names that the vault has. */
  SampleSource json(Path folder) {
    Collections.shuffle(records, random);
    return file(
        folder.resolve("sample.json"),
        records.stream().map(Mixture::object).collect(Collectors.joining(",\n", "[", "]\n")),
        StandardCharsets.UTF_8);
  }

  /** Retyped, as CSV in GB18030 under names and in an order that nobody knows. */
  SampleSource retyped(Path folder) {
    Collections.shuffle(records, random);
    StringBuilder out = new StringBuilder("序;现住;甲;联系;证件;生于;乙\n");
    int row = 0;
    for (Map<String, String> record : records) {
      out.append(++row)
          .append(';')
          .append(address(record.getOrDefault("address", "")))
          .append(';')
          .append(name(record.getOrDefault("name", "")))
          .append(';')
          .append(record.getOrDefault("phone", "").replace("+86", ""))
          .append(';')
          .append(record.getOrDefault("resident_id", "").toLowerCase(java.util.Locale.ROOT))
          .append(';')
          .append(record.getOrDefault("date_of_birth", "").replace('-', '/'))
          .append(';')
          .append(record.getOrDefault("ethnicity", ""))
          .append('\n');
    }
    return file(folder.resolve("sample.csv"), out.toString(), Charset.forName("GB18030"));
  }

  /** With spaces between the characters, one time in four. */
  private String name(String name) {
    return random.nextInt(4) > 0
        ? name
        : name.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
  }

  /** With full-width digits, or with a character lost, one time in four each. */
  private String address(String address) {
    int how = random.nextInt(4);
    if (how == 0) {
      return address
          .chars()
          .mapToObj(c -> String.valueOf((char) (c >= '0' && c <= '9' ? c - '0' + '０' : c)))
          .collect(Collectors.joining());
    }
    if (how == 1 && address.length() > 14) {
      int at = address.length() / 2;
      return Character.isDigit(address.charAt(at))
          ? address
          : address.substring(0, at) + address.substring(at + 1);
    }
    return address;
  }

  private static String object(Map<String, String> record) {
    return record.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static SampleSource file(Path path, String text, Charset charset) {
    try {
      Files.write(path, text.getBytes(charset));
      return new SampleSource.At(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

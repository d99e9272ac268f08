package org.strongroom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * Looks for many values at once, however they may be written, in bytes or files of any size.
 *
 * <p>Every value is looked for in UTF-8, UTF-16 of both byte orders and GB 18030, as it is and in
 * lower case; in hexadecimal; in base64 wherever its bytes may begin in a group, both alphabets;
 * and its digits, where there are many, also alone, packed two in a byte in either order, and as a
 * binary number of eight bytes.
 *
 * <p>An encoding of fewer than {@value #LEAST_BYTES} bytes is not looked for: in random bytes it
 * would be found by chance. So a Chinese name of two characters is looked for in UTF-8 and not in
 * UTF-16. Immutable and thread-safe.
 */
@NullMarked
public final class PlaintextScan {
  /** By chance, a thousand values meet once in some hundred gigabytes. */
  public static final int LEAST_BYTES = 6;

  private static final int LEAST_DIGITS = 11;
  private static final int FILTER_BITS = 22;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long WINDOW = (1L << (8 * LEAST_BYTES)) - 1;

  private final Map<Long, List<Pattern>> patterns = new HashMap<>();
  private final BitSet filter = new BitSet(1 << FILTER_BITS);
  private int longest = LEAST_BYTES;

  /**
   * What was found.
   *
   * @param where the file, or what the caller called the bytes
   * @param value which of the values, by its place among them
   */
  public record Hit(String where, long offset, String encoding, int value) {}

  private record Pattern(int value, String encoding, ByteBuffer bytes) {}

  /** Looks for {@code values}; empty ones are never found. */
  public PlaintextScan(Collection<String> values) {
    int number = 0;
    for (String value : values) {
      add(number++, value);
    }
  }

  // ---- encodings ---------------------------------------------------------------------------

  private void add(int number, String value) {
    Set<String> spellings = new LinkedHashSet<>(List.of(value, value.toLowerCase(Locale.ROOT)));
    String digits = value.replaceAll("[^0-9]", "");
    if (digits.length() >= LEAST_DIGITS) {
      spellings.add(digits);
      packed(number, digits);
    }
    for (String spelling : spellings) {
      byte[] utf8 = spelling.getBytes(UTF_8);
      add(number, "UTF-8", utf8);
      add(number, "UTF-16BE", spelling.getBytes(UTF_16BE));
      add(number, "UTF-16LE", spelling.getBytes(UTF_16LE));
      add(number, "GB 18030", spelling.getBytes(Charset.forName("GB18030")));
      add(number, "hex", HexFormat.of().formatHex(utf8).getBytes(ISO_8859_1));
      add(number, "HEX", HexFormat.of().withUpperCase().formatHex(utf8).getBytes(ISO_8859_1));
      base64(number, utf8);
    }
  }

  /** The characters that {@code bytes} decide alone, whatever stands around them. */
  private void base64(int number, byte[] bytes) {
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      int from = (8 * shift + 5) / 6;
      int to = 8 * shifted.length / 6;
      String inner = text.substring(from, Math.max(from, to));
      add(number, "base64", inner.getBytes(ISO_8859_1));
      add(number, "base64url", inner.replace('+', '-').replace('/', '_').getBytes(ISO_8859_1));
    }
  }

  private void packed(int number, String digits) {
    for (int from = 0; from < 2; from++) {
      byte[] high = new byte[(digits.length() - from) / 2];
      byte[] low = new byte[high.length];
      for (int i = 0; i < high.length; i++) {
        int first = digits.charAt(from + 2 * i) - '0';
        int second = digits.charAt(from + 2 * i + 1) - '0';
        high[i] = (byte) (first << 4 | second);
        low[i] = (byte) (second << 4 | first);
      }
      add(number, "packed digits", high);
      add(number, "packed digits, swapped", low);
    }
    if (digits.length() <= 18) {
      long value = Long.parseLong(digits);
      ByteBuffer out = ByteBuffer.allocate(Long.BYTES);
      add(number, "binary", out.putLong(0, value).array().clone());
      add(
          number,
          "binary, little-endian",
          out.order(ByteOrder.LITTLE_ENDIAN).putLong(0, value).array().clone());
    }
  }

  private void add(int number, String encoding, byte[] bytes) {
    if (bytes.length < LEAST_BYTES) {
      return;
    }
    long head = 0;
    for (int i = 0; i < LEAST_BYTES; i++) {
      head = head << 8 | (bytes[i] & 0xff);
    }
    filter.set(hash(head));
    patterns
        .computeIfAbsent(head, key -> new ArrayList<>())
        .add(new Pattern(number, encoding, ByteBuffer.wrap(bytes)));
    longest = Math.max(longest, bytes.length);
  }

  private static int hash(long head) {
    return (int) ((head * 0x9E3779B97F4A7C15L) >>> (64 - FILTER_BITS));
  }

  // ---- searching ---------------------------------------------------------------------------

  /** What {@code content} holds. */
  public List<Hit> in(String where, byte[] content) {
    List<Hit> out = new ArrayList<>();
    search(where, content, content.length, 0, out);
    return out;
  }

  /** What a file holds, its own name included; reads it piece by piece. */
  public List<Hit> inFile(Path file) throws IOException {
    String where = file.toString();
    // Pieces overlap: a hit in both counts once.
    Set<Hit> out = new LinkedHashSet<>(in("the name of " + where, where.getBytes(UTF_8)));
    byte[] buffer = new byte[BUFFER_BYTES + longest];
    int held = 0;
    long offset = 0;
    try (InputStream in = Files.newInputStream(file)) {
      while (true) {
        int read = in.readNBytes(buffer, held, buffer.length - held);
        held += read;
        search(where, buffer, held, offset, out);
        if (held < buffer.length) {
          return List.copyOf(out);
        }
        // A value that the end of the buffer cuts is found the next time.
        int kept = longest - 1;
        offset += held - kept;
        System.arraycopy(buffer, held - kept, buffer, 0, kept);
        held = kept;
      }
    }
  }

  /** What the files under a directory hold. */
  public List<Hit> inTree(Path directory) throws IOException {
    List<Hit> out = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.addAll(inFile(file));
      }
    }
    return out;
  }

  private void search(String where, byte[] content, int length, long offset, Collection<Hit> out) {
    long window = 0;
    for (int i = 0; i < length; i++) {
      window = (window << 8 | (content[i] & 0xff)) & WINDOW;
      if (i < LEAST_BYTES - 1 || !filter.get(hash(window))) {
        continue;
      }
      int start = i - LEAST_BYTES + 1;
      for (Pattern pattern : patterns.getOrDefault(window, List.of())) {
        byte[] bytes = pattern.bytes().array();
        if (start + bytes.length <= length
            && Arrays.equals(content, start, start + bytes.length, bytes, 0, bytes.length)) {
          out.add(new Hit(where, offset + start, pattern.encoding(), pattern.value()));
        }
      }
    }
  }
}

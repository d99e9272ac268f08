package org.strongroom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scan finds what it says it finds; otherwise the tests that find nothing prove nothing. */
@NullMarked
final class PlaintextScanTest {
  private static final String ID = "110101199003070011";
  private static final String PHONE = "+8613812345678";
  private static final String NAME = "欧阳锋";
  private static final String MAIL = "Feng.Ouyang@example.cn";
  private static final List<String> VALUES = List.of(ID, PHONE, NAME, MAIL);

  private final PlaintextScan scan = new PlaintextScan(VALUES);
  private final Random random = new Random(5);

  /** {@code hidden} with random bytes around it. */
  private byte[] amid(byte[] hidden, int before) {
    byte[] out = new byte[before + hidden.length + 50];
    random.nextBytes(out);
    System.arraycopy(hidden, 0, out, before, hidden.length);
    return out;
  }

  private void assertFound(int value, byte[] hidden) {
    for (int before = 0; before < 9; before++) {
      int offset = before;
      assertThat(scan.in("bytes", amid(hidden, before)))
          .anySatisfy(
              hit -> {
                assertThat(hit.value()).isEqualTo(value);
                assertThat(hit.offset()).isBetween((long) offset, (long) offset + hidden.length);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void in_anyEncodingOfText_findsIt(int value) {
    String text = VALUES.get(value);
    for (String spelling : List.of(text, text.toLowerCase(Locale.ROOT))) {
      assertFound(value, spelling.getBytes(UTF_8));
      assertFound(value, spelling.getBytes(UTF_16BE));
      assertFound(value, spelling.getBytes(UTF_16LE));
      assertFound(value, spelling.getBytes(Charset.forName("GB18030")));
      byte[] utf8 = spelling.getBytes(UTF_8);
      assertFound(value, HexFormat.of().formatHex(utf8).getBytes(ISO_8859_1));
      assertFound(value, HexFormat.of().withUpperCase().formatHex(utf8).getBytes(ISO_8859_1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void in_base64OfAnythingAroundIt_findsIt(int value) {
    byte[] utf8 = VALUES.get(value).getBytes(UTF_8);
    for (int before = 0; before < 6; before++) {
      byte[] around = amid(utf8, before);
      assertFound(value, Base64.getEncoder().encode(around));
      assertFound(value, Base64.getUrlEncoder().encode(around));
    }
  }

  @Test
  void in_packedDigits_findsThem() {
    for (String digits : List.of(ID, "0" + ID, ID + "0", "0" + ID + "0")) {
      String even = digits.length() % 2 == 0 ? digits : digits + "0";
      byte[] packed = HexFormat.of().parseHex(even);
      assertFound(0, packed);
      byte[] swapped = packed.clone();
      for (int i = 0; i < swapped.length; i++) {
        swapped[i] = (byte) (packed[i] << 4 | (packed[i] & 0xff) >> 4);
      }
      assertFound(0, swapped);
    }
    assertFound(1, HexFormat.of().parseHex("8613812345678f"));
    assertFound(1, PHONE.substring(1).getBytes(UTF_8));
  }

  @Test
  void in_binaryNumber_findsIt() {
    ByteBuffer out = ByteBuffer.allocate(8);
    assertFound(0, out.putLong(0, Long.parseLong(ID)).array().clone());
    assertFound(1, out.order(ByteOrder.LITTLE_ENDIAN).putLong(0, 8613812345678L).array().clone());
  }

  @Test
  void in_randomBytes_findsNothing() {
    byte[] noise = new byte[4 << 20];
    random.nextBytes(noise);

    assertThat(scan.in("noise", noise)).isEmpty();
  }

  @Test
  void in_valueCutAtTheEnd_findsNothing() {
    byte[] utf8 = NAME.getBytes(UTF_8);

    assertThat(scan.in("bytes", Arrays.copyOf(utf8, utf8.length - 1))).isEmpty();
  }

  @Test
  void inFile_valueAnywhereInALargeFile_isFoundOnce(@TempDir Path directory) throws IOException {
    // Pieces of the file end around each power of two.
    List<Long> places = new ArrayList<>(List.of(0L));
    for (long edge : new long[] {1 << 20, 2 << 20}) {
      for (long near = edge - 300; near < edge + 300; near += 23) {
        places.add(near);
      }
    }
    byte[] content = new byte[3 << 20];
    places.forEach(
        at -> System.arraycopy(ID.getBytes(UTF_8), 0, content, at.intValue(), ID.length()));
    Path file = directory.resolve("file");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(content);
    }

    assertThat(scan.inFile(file).stream().filter(hit -> hit.encoding().equals("UTF-8")).toList())
        .extracting(PlaintextScan.Hit::offset)
        .containsExactlyElementsOf(places);
  }

  @Test
  void inTree_fileNamesAndFilesBelow_areSearched(@TempDir Path directory) throws IOException {
    Path below = Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(below.resolve("x"), "name=" + NAME);
    Files.writeString(below.resolve(ID), "");

    assertThat(scan.inTree(directory)).extracting(PlaintextScan.Hit::value).contains(0, 2);
  }
}

package org.strongroom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.strongroom.schema.Refusals.refusal;
import static org.strongroom.schema.SamplePictures.ascii;
import static org.strongroom.schema.SamplePictures.chunk;
import static org.strongroom.schema.SamplePictures.exifWithGps;
import static org.strongroom.schema.SamplePictures.insert;
import static org.strongroom.schema.SamplePictures.jpeg;
import static org.strongroom.schema.SamplePictures.noise;
import static org.strongroom.schema.SamplePictures.pixels;
import static org.strongroom.schema.SamplePictures.png;
import static org.strongroom.schema.SamplePictures.segment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTypeTest {
  private static final int AFTER_SIGNATURE = 8;
  private static final int AFTER_HEADER = AFTER_SIGNATURE + 12 + 13;

  private final ImageType type = new ImageType(ImageType.DEFAULT_MAX_BYTES);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void read_jpegWithMetadata_losesItAndKeepsEveryPixel(boolean progressive) throws Exception {
    byte[] clean = jpeg(noise(97, 61), progressive);
    byte[] dirty =
        insert(
            clean,
            2,
            segment(0xe1, exifWithGps()),
            segment(0xe1, ascii("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>secret")),
            segment(0xe0, ascii("JFXX\0thumbnail-secret")),
            segment(0xe2, ascii("MPF\0secret")),
            segment(0xed, ascii("Photoshop 3.0\0secret")),
            segment(0xef, ascii("secret")),
            segment(0xfe, ascii("comment secret")));
    dirty = insert(dirty, dirty.length, ascii("secret behind the end"));
    assertThat(contains(dirty, "GPS-31-14-N")).isTrue();

    Image image = type.read(base64(dirty));

    byte[] kept = image.content().toArray();
    assertThat(contains(kept, "Exif")).isFalse();
    assertThat(contains(kept, "GPS-31-14-N")).isFalse();
    assertThat(contains(kept, "secret")).isFalse();
    assertThat(pixels(kept)).isEqualTo(pixels(clean)).isEqualTo(pixels(dirty));
    assertThat(image.contentType()).isEqualTo("image/jpeg");
    assertThat(image.width()).isEqualTo(97);
    assertThat(image.height()).isEqualTo(61);
    assertThat(image.sha256().toArray()).isEqualTo(sha256(kept));
    assertThat(image).hasToString("Image[redacted]");
  }

  @Test
  void read_cleanJpeg_isKeptByteForByte() throws Exception {
    byte[] clean = jpeg(noise(33, 17), false);
    assertThat(type.read(base64(clean)).content().toArray()).isEqualTo(clean);
  }

  @Test
  void read_jpegMetadataBetweenScansAndFillBytes_isRemoved() throws Exception {
    byte[] clean = jpeg(noise(40, 40), true);
    int secondScan = nthScan(clean, 2);
    byte[] dirty =
        insert(clean, secondScan, new byte[] {(byte) 0xff}, segment(0xfe, ascii("secret")));
    byte[] kept = type.read(base64(dirty)).content().toArray();
    assertThat(kept).isEqualTo(clean);
  }

  @Test
  void read_jpegColourSegments_stay() throws Exception {
    byte[] icc = segment(0xe2, ascii("ICC_PROFILE\0\1\1profile"));
    byte[] adobe = segment(0xee, ascii("Adobe\0d\0\0\0\0\1and more"));
    byte[] kept =
        type.read(base64(insert(jpeg(noise(8, 8), false), 2, icc, adobe))).content().toArray();
    assertThat(contains(kept, "ICC_PROFILE\0\1\1profile")).isTrue();
    assertThat(contains(kept, "Adobe\0d\0\0\0\0\1")).isTrue();
    assertThat(contains(kept, "and more")).isFalse();
  }

  @Test
  void read_jfifThumbnail_isRemoved() throws Exception {
    byte[] clean = jpeg(noise(8, 8), false);
    byte[] thumbnail = segment(0xe0, ascii("JFIF\0\1\1\0\0\1\0\1\1\1RGB"));
    // In place of the JFIF segment that the JDK writes: 2 of marker, 16 of content.
    byte[] rest = Arrays.copyOfRange(clean, 2 + 18, clean.length);
    byte[] dirty =
        insert(insert(new byte[0], 0, new byte[] {-1, (byte) 0xd8}, thumbnail), 2 + 21, rest);
    byte[] kept = type.read(base64(dirty)).content().toArray();
    assertThat(contains(kept, "RGB")).isFalse();
    assertThat(kept).hasSameSizeAs(clean);
    assertThat(pixels(kept)).isEqualTo(pixels(clean));
  }

  @Test
  void read_pngWithMetadata_losesItAndKeepsEveryPixel() throws Exception {
    byte[] clean = png(noise(51, 23));
    byte[] dirty =
        insert(
            clean,
            AFTER_HEADER,
            chunk("tEXt", ascii("Author\0secret")),
            chunk("zTXt", ascii("Author\0\0secret")),
            chunk("iTXt", ascii("Author\0\0\0\0\0secret")),
            chunk("eXIf", Arrays.copyOfRange(exifWithGps(), 6, 90)),
            chunk("tIME", new byte[] {7, (byte) 234, 3, 2, 1, 1, 1}),
            chunk("prVt", ascii("secret")),
            chunk("gAMA", new byte[] {0, 0, (byte) 0xb1, (byte) 0x8f}));
    dirty = insert(dirty, dirty.length, ascii("secret behind the end"));

    Image image = type.read("data:image/jpeg;base64," + base64(dirty));

    byte[] kept = image.content().toArray();
    for (String gone : new String[] {"secret", "tEXt", "zTXt", "iTXt", "eXIf", "tIME", "prVt"}) {
      assertThat(contains(kept, gone)).as(gone).isFalse();
    }
    assertThat(contains(kept, "gAMA")).isTrue();
    assertThat(pixels(kept)).isEqualTo(pixels(dirty));
    assertThat(image.contentType()).isEqualTo("image/png");
    assertThat(image.width()).isEqualTo(51);
    assertThat(image.height()).isEqualTo(23);
    assertThat(image.sha256().toArray()).isEqualTo(sha256(kept));
  }

  @Test
  void read_everySpellingOfBase64_isUnderstood() throws Exception {
    byte[] file = jpeg(noise(20, 20), false);
    Image plain = type.read(base64(file));
    String[] spellings = {
      Base64.getMimeEncoder().encodeToString(file),
      Base64.getUrlEncoder().withoutPadding().encodeToString(file),
      "data:image/jpeg;base64," + base64(file),
      "DATA:image/png;charset=x;BASE64," + base64(file),
      "data:;base64," + base64(file),
      "\n  " + base64(file) + "\n"
    };
    for (String spelling : spellings) {
      assertThat(type.read(spelling)).isEqualTo(plain);
    }
  }

  @Test
  void normalise_canonicalText_givesItselfBack() throws Exception {
    String canonical = type.normalise(base64(png(noise(5, 5))));
    assertThat(type.normalise(canonical)).isEqualTo(canonical);
    assertThat(type.mask(canonical)).isEqualTo("***");
  }

  @Test
  void read_notAnImage_isRefused() {
    assertThat(refusal(type, "not base64!")).isEqualTo("not_base64");
    assertThat(refusal(type, "abcd\u0000")).isEqualTo("not_base64");
    assertThat(refusal(type, "data:image/png,abc")).isEqualTo("not_base64");
    assertThat(refusal(type, "data:image/png;base64")).isEqualTo("not_base64");
    assertThat(refusal(type, base64(ascii("GIF89a and so on")))).isEqualTo("not_an_image");
    assertThat(refusal(type, base64(ascii("%PDF-1.7")))).isEqualTo("not_an_image");
    assertThat(refusal(type, "AAAA")).isEqualTo("not_an_image");
  }

  @Test
  void read_aboveTheSizeLimit_isRefused() throws Exception {
    byte[] file = jpeg(noise(30, 30), false);
    assertThat(refusal(new ImageType(file.length), base64(file))).isEqualTo("valid");
    assertThat(refusal(new ImageType(file.length - 1), base64(file))).isEqualTo("too_large");
    assertThat(refusal(new ImageType(100), "A".repeat(2_000_000))).isEqualTo("too_large");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void read_cutOffAnywhere_isRefused(boolean asPng) throws Exception {
    byte[] file = asPng ? png(noise(9, 9)) : jpeg(noise(9, 9), true);
    for (int length = AFTER_SIGNATURE + 1; length < file.length; length++) {
      assertThat(refusal(type, base64(Arrays.copyOf(file, length)))).isEqualTo("malformed");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void read_bytesChangedAtRandom_isReadOrRefusedWithAReason(boolean asPng) throws Exception {
    byte[] file = asPng ? png(noise(9, 9)) : jpeg(noise(9, 9), true);
    Random random = new Random(87);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] changed = file.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      String outcome = refusal(type, base64(changed));
      assertThat(outcome).isIn("valid", "malformed", "bad_size", "not_an_image");
      refused += outcome.equals("valid") ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void read_pngWithWrongChecksum_isRefused() throws Exception {
    byte[] file = png(noise(9, 9));
    file[AFTER_HEADER + 10] ^= 1;
    assertThat(refusal(type, base64(file))).isEqualTo("malformed");
  }

  @Test
  void read_pngOfABillionPixels_isRefused() throws Exception {
    byte[] huge = {0, 0, 0x7f, -1, 0, 0, 0x7f, -1, 8, 2, 0, 0, 0};
    byte[] file = png(noise(9, 9));
    byte[] signature = Arrays.copyOf(file, AFTER_SIGNATURE);
    byte[] rest = Arrays.copyOfRange(file, AFTER_HEADER, file.length);
    byte[] bomb = insert(signature, AFTER_SIGNATURE, chunk("IHDR", huge), rest);
    assertThat(refusal(type, base64(bomb))).isEqualTo("bad_size");
  }

  @Test
  void read_pngWithoutOrWithTwoHeaders_isRefused() throws Exception {
    byte[] file = png(noise(9, 9));
    byte[] header = Arrays.copyOfRange(file, AFTER_SIGNATURE, AFTER_HEADER);
    assertThat(refusal(type, base64(insert(file, AFTER_HEADER, header)))).isEqualTo("malformed");
    assertThat(refusal(type, base64(insert(file, AFTER_SIGNATURE, chunk("tEXt", new byte[0])))))
        .isEqualTo("malformed");
    assertThat(refusal(type, base64(insert(file, AFTER_HEADER, chunk("ABCD", new byte[0])))))
        .isEqualTo("malformed");
  }

  private static int nthScan(byte[] jpeg, int nth) throws IOException {
    int seen = 0;
    for (int i = 2; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xda && ++seen == nth) {
        return i;
      }
    }
    throw new IOException("the sample has fewer scans");
  }

  private static String base64(byte[] file) {
    return Base64.getEncoder().encodeToString(file);
  }

  private static boolean contains(byte[] file, String text) {
    return new String(file, StandardCharsets.ISO_8859_1).contains(text);
  }

  private static byte[] sha256(byte[] content) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(content);
  }
}

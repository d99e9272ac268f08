package org.strongroom.schema;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Makes pictures by the JDK's own writers, and puts metadata into them by hand. */
final class SamplePictures {
  private SamplePictures() {}

  static BufferedImage noise(int width, int height) {
    BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(81);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return out;
  }

  static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    return out.toByteArray();
  }

  static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  static int[] pixels(byte[] file) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** Exif 2.32: a TIFF file whose GPS directory says 31 degrees 14 minutes north. */
  static byte[] exifWithGps() {
    ByteBuffer out = ByteBuffer.allocate(200);
    out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    out.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    out.putShort((short) 1);
    // GPS IFD pointer: LONG, one, at offset 26 of the TIFF file.
    out.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(26).putInt(0);
    out.putShort((short) 2);
    out.putShort((short) 1).putShort((short) 2).putInt(2).put(new byte[] {'N', 0, 0, 0});
    out.putShort((short) 2).putShort((short) 5).putInt(3).putInt(56).putInt(0);
    out.putInt(31).putInt(1).putInt(14).putInt(1).putInt(0).putInt(1);
    out.put("GPS-31-14-N".getBytes(StandardCharsets.US_ASCII));
    byte[] exif = new byte[out.position()];
    out.flip().get(exif);
    return exif;
  }

  static byte[] segment(int marker, byte[] content) {
    ByteBuffer out = ByteBuffer.allocate(content.length + 4);
    out.put((byte) 0xff).put((byte) marker).putShort((short) (content.length + 2)).put(content);
    return out.array();
  }

  static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  /** {@code file} with {@code more} put in at {@code offset}. */
  static byte[] insert(byte[] file, int offset, byte[]... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, offset);
    for (byte[] part : more) {
      out.writeBytes(part);
    }
    out.write(file, offset, file.length - offset);
    return out.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

package org.strongroom.endtoend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A way in which a value may lie in a file. */
enum Disguise {
  UTF_8 {
    @Override
    List<byte[]> of(String value) {
      return List.of(value.getBytes(StandardCharsets.UTF_8));
    }
  },
  UTF_16LE {
    @Override
    List<byte[]> of(String value) {
      return List.of(value.getBytes(StandardCharsets.UTF_16LE));
    }
  },
  UTF_16BE {
    @Override
    List<byte[]> of(String value) {
      return List.of(value.getBytes(StandardCharsets.UTF_16BE));
    }
  },
  GB18030 {
    @Override
    List<byte[]> of(String value) {
      return List.of(value.getBytes(Charset.forName("GB18030")));
    }
  },
  /** As Java and JSON escape what is not ASCII. */
  ESCAPED {
    @Override
    List<byte[]> of(String value) {
      return List.of(ascii(escaped(value, "\\u%04x")), ascii(escaped(value, "\\u%04X")));
    }

    private static String escaped(String value, String form) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        out.append(c < 0x80 ? String.valueOf(c) : String.format(form, (int) c));
      }
      return out.toString();
    }
  },
  HEX {
    @Override
    List<byte[]> of(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return List.of(
          ascii(HexFormat.of().formatHex(bytes)),
          ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
    }
  },
  /** Wherever it begins in what was encoded: the characters that depend on the value alone. */
  BASE64 {
    @Override
    List<byte[]> of(String value) {
      List<byte[]> out = new ArrayList<>();
      for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
        byte[] bytes = value.getBytes(charset);
        for (int before = 0; before < 3; before++) {
          byte[] moved = new byte[before + bytes.length];
          System.arraycopy(bytes, 0, moved, before, bytes.length);
          int first = (before * 8 + 5) / 6;
          int last = moved.length * 8 / 6;
          for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            out.add(ascii(encoder.encodeToString(moved).substring(first, last)));
          }
        }
      }
      return out;
    }
  },
  /** Two digits a byte, in either order, with any half a byte before or after. */
  PACKED {
    @Override
    List<byte[]> of(String value) {
      List<byte[]> out = new ArrayList<>();
      for (String digits : runs(value)) {
        for (String form : even(digits)) {
          byte[] high = HexFormat.of().parseHex(form);
          byte[] low = high.clone();
          for (int i = 0; i < low.length; i++) {
            low[i] = (byte) ((low[i] & 0xf) << 4 | (low[i] & 0xf0) >> 4);
          }
          out.add(high);
          out.add(low);
        }
      }
      return out;
    }

    /** With an odd number of digits one is left out, or a zero or filler (0xf) joins them. */
    private static List<String> even(String digits) {
      int length = digits.length();
      return length % 2 == 0
          ? List.of(digits, digits.substring(1, length - 1))
          : List.of(
              digits.substring(1),
              digits.substring(0, length - 1),
              "0" + digits,
              "f" + digits,
              digits + "0",
              digits + "f");
    }
  },
  /** A 64-bit number in either byte order. */
  NUMBER {
    @Override
    List<byte[]> of(String value) {
      List<byte[]> out = new ArrayList<>();
      for (String digits : runs(value)) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
          long number = Long.parseLong(digits);
          out.add(ByteBuffer.allocate(Long.BYTES).order(order).putLong(number).array());
        }
      }
      return out;
    }
  };

  /** Characters of a small alphabet are met by chance sooner than bytes. */
  private static final int TEXT_BYTES = 8;

  /** Fewer digits could as well be a time or a length. */
  private static final int DIGITS = 11;

  /** Each byte string that gives the value away; none where the disguise does not fit it. */
  abstract List<byte[]> of(String value);

  /** Those long enough not to be met by chance. */
  final List<byte[]> needles(String value) {
    int least = this == BASE64 || this == HEX ? TEXT_BYTES : Needles.KEY_BYTES;
    return of(value).stream().filter(it -> it.length >= least).toList();
  }

  private static List<String> runs(String value) {
    return Arrays.stream(value.split("\\D+"))
        .filter(it -> it.length() >= DIGITS && it.length() <= 18)
        .toList();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

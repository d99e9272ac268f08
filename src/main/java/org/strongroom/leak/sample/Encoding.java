package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;
import org.strongroom.kernel.Bytes;

/**
 * How a text is encoded, told from its beginning: by its mark if it has one, else by what decodes.
 *
 * @param name as the report has it
 * @param mark length of the byte order mark in bytes; 0 if there is none
 */
record Encoding(String name, Charset charset, int mark) {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Bytes UTF8_MARK = Bytes.ofHex("efbbbf");
  private static final Bytes LE_MARK = Bytes.ofHex("fffe");
  private static final Bytes BE_MARK = Bytes.ofHex("feff");
  private static final Bytes GB_MARK = Bytes.ofHex("84319533");
  private static final Bytes UTF32_LE_MARK = Bytes.ofHex("fffe0000");

  /** One character in this many may be broken in a text that is otherwise of an encoding. */
  private static final int TOLERATED = 20;

  /**
   * The encoding of a text that begins with {@code prefix}; empty if it is none that is known,
   * hence no text.
   *
   * @param whole whether nothing follows, so that a character cut at the end is a broken one
   */
  static Optional<Encoding> detect(byte[] prefix, boolean whole) {
    if (startsWith(prefix, UTF32_LE_MARK)) {
      return Optional.empty();
    }
    if (startsWith(prefix, UTF8_MARK)) {
      return Optional.of(new Encoding("UTF-8", UTF_8, UTF8_MARK.length()));
    }
    if (startsWith(prefix, LE_MARK)) {
      return Optional.of(new Encoding("UTF-16LE", UTF_16LE, LE_MARK.length()));
    }
    if (startsWith(prefix, BE_MARK)) {
      return Optional.of(new Encoding("UTF-16BE", UTF_16BE, BE_MARK.length()));
    }
    if (startsWith(prefix, GB_MARK)) {
      return Optional.of(new Encoding("GB18030", GB18030, GB_MARK.length()));
    }
    return withoutMark(prefix, whole);
  }

  private static Optional<Encoding> withoutMark(byte[] prefix, boolean whole) {
    int even = 0;
    int odd = 0;
    for (int i = 0; i < prefix.length; i++) {
      if (prefix[i] == 0) {
        if ((i & 1) == 0) {
          even++;
        } else {
          odd++;
        }
      }
    }
    if (even + odd > prefix.length / 1_000) {
      Encoding wide =
          odd > even
              ? new Encoding("UTF-16LE", UTF_16LE, 0)
              : new Encoding("UTF-16BE", UTF_16BE, 0);
      return Census.of(wide.charset(), prefix, whole).isText()
          ? Optional.of(wide)
          : Optional.empty();
    }
    Census utf8 = Census.of(UTF_8, prefix, whole);
    if (utf8.isText()) {
      return Optional.of(new Encoding("UTF-8", UTF_8, 0));
    }
    return Census.of(GB18030, prefix, whole).isText()
        ? Optional.of(new Encoding("GB18030", GB18030, 0))
        : Optional.empty();
  }

  private static boolean startsWith(byte[] prefix, Bytes mark) {
    byte[] wanted = mark.unsafeArray();
    if (prefix.length < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (prefix[i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * What a charset makes of a text.
   *
   * @param wide characters beyond ASCII
   * @param odd control characters, private ones, and those that no letter has
   * @param broken sequences that are none of the charset's
   */
  private record Census(int chars, int wide, int odd, int broken) {
    static Census of(Charset charset, byte[] prefix, boolean whole) {
      CharsetDecoder decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      ByteBuffer in = ByteBuffer.wrap(prefix);
      CharBuffer out = CharBuffer.allocate(8192);
      int chars = 0;
      int wide = 0;
      int odd = 0;
      int broken = 0;
      while (true) {
        CoderResult result = decoder.decode(in, out, whole);
        out.flip();
        while (out.hasRemaining()) {
          char c = out.get();
          chars++;
          wide += c > 0x7f ? 1 : 0;
          odd += isOdd(c) ? 1 : 0;
        }
        out.clear();
        if (result.isUnderflow()) {
          return new Census(chars, wide, odd, broken);
        }
        if (result.isError()) {
          broken++;
          in.position(in.position() + result.length());
        }
      }
    }

    private static boolean isOdd(char c) {
      if (c < ' ') {
        return c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b && c != 1 && c != 0x1f;
      }
      if (c < 0x7f || (c >= 0x4e00 && c < 0xa000)) {
        return false;
      }
      int type = Character.getType(c);
      return type == Character.CONTROL
          || type == Character.UNASSIGNED
          || type == Character.PRIVATE_USE;
    }

    boolean isText() {
      return broken <= wide / TOLERATED && odd <= chars / TOLERATED && chars > 0;
    }
  }
}

package org.strongroom.leak.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The characters of a text. What breaks its encoding becomes U+FFFD and is counted; where that is a
 * third of the text, it is none. For one thread.
 */
final class DecodedText extends Reader {
  private static final int BYTES = 1 << 16;
  private static final int TRIED = 1 << 20;
  private static final int BROKEN_SHARE = 3;

  private final InputStream in;
  private final String file;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
  private boolean ended;
  private boolean checked;
  private long chars;
  private long broken;
  private char pending;

  /**
   * @param in behind the mark
   */
  DecodedText(InputStream in, String file, Encoding encoding) {
    this.in = in;
    this.file = file;
    this.decoder =
        encoding
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** How many sequences were none of the encoding's. */
  long broken() {
    return broken;
  }

  @Override
  public int read(char[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (pending != 0) {
      to[offset] = pending;
      pending = 0;
      return 1;
    }
    CharBuffer out = CharBuffer.wrap(to, offset, length).slice();
    while (true) {
      CoderResult result = decoder.decode(bytes, out, ended);
      if (result.isError()) {
        if (!out.hasRemaining()) {
          return count(out);
        }
        bytes.position(bytes.position() + result.length());
        out.put('\ufffd');
        broken++;
      } else if (out.position() > 0) {
        return count(out);
      } else if (result.isUnderflow()) {
        if (ended) {
          check();
          return -1;
        }
        fill();
      } else {
        return readHalf(to, offset);
      }
    }
  }

  /** A character of two halves, where there is room for one only. */
  private int readHalf(char[] to, int offset) {
    CharBuffer both = CharBuffer.allocate(2);
    decoder.decode(bytes, both, ended);
    both.flip();
    to[offset] = both.get();
    pending = both.get();
    chars += 2;
    return 1;
  }

  private int count(CharBuffer out) {
    chars += out.position();
    if (!checked && chars > TRIED) {
      check();
      checked = true;
    }
    return out.position();
  }

  private void check() {
    if (broken > chars / BROKEN_SHARE) {
      throw Unreadable.file(file, "this is no text in an encoding that is known, or binary data");
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  @Override
  public void close() {
    // The sample closes what it opened.
  }
}

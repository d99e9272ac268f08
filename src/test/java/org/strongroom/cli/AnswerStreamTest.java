package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerStreamTest {
  private static AnswerStream of(String answer) throws IOException {
    return AnswerStream.begin(
        new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String body(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void begin_readsStatusAndHeadersWhateverTheirCase() throws IOException {
    AnswerStream answer = of("HTTP/1.1 429 Slow down\r\nRETRY-After:  7 \r\n\r\n");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("retry-after")).contains("7");
    assertThat(answer.header("none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n \r\n05\r\nworld\r\n0\r\n\r\nrest",
        "Content-Length: 11\r\n\r\nhello worldrest",
        "\r\nhello world"
      })
  void read_howeverTheBodyIsFramed_givesItAndNoMore(String rest) throws IOException {
    assertThat(body(of("HTTP/1.1 200 OK\r\n" + rest))).isEqualTo("hello world");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Content-Length: 11\r\n\r\nhello"
      })
  void read_brokenOff_fails(String rest) throws IOException {
    AnswerStream answer = of("HTTP/1.1 200 OK\r\n" + rest);

    assertThatThrownBy(() -> body(answer)).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\nHost",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"
      })
  void begin_ofWhatIsNoAnswer_fails(String text) {
    assertThatThrownBy(() -> of(text)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\n", "-1\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "ffffffffffffffff\r\n"})
  void read_ofBadChunks_fails(String chunks) throws IOException {
    AnswerStream answer = of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);

    assertThatThrownBy(() -> body(answer)).isInstanceOf(IOException.class);
  }
}

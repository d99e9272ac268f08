package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.strongroom.kernel.Bytes;

/** A server as {@code curl} sees it, which is none of our programs. */
record Curl(String address, List<String> options) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Without a token. */
  static Curl to(Served served) {
    return new Curl(served.address(), List.of("--cacert", served.certificate().toString()));
  }

  Curl withToken(String token) {
    return with("-H", "Authorization: Bearer " + token);
  }

  Curl with(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new Curl(address, all);
  }

  /**
   * An answer.
   *
   * @param head status line and headers
   */
  record Reply(int status, String head, Bytes body) {
    String text() {
      return new String(body.toArray(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return parse(text());
    }

    /** Demands that it is a good one. */
    Reply good() {
      assertThat(status).as(text()).isEqualTo(200);
      return this;
    }

    /** Demands that it is a refusal of this code. */
    Reply refused(String code) {
      assertThat(status).as(text()).isGreaterThanOrEqualTo(400);
      assertThat(json().get("code").asText()).as(text()).isEqualTo(code);
      return this;
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds residents by a phone number, for a serious crime. */
  Reply find(String phone) {
    return end(finding(phone));
  }

  /** Begins to find; for {@link #end}. */
  Process finding(String phone) {
    Map<String, Object> question =
        Map.of("where", Map.of("phone", phone), "purpose", "serious-crime", "reason", "end-to-end");
    try {
      return with(
              "-H", "Content-Type: application/json", "--data", JSON.writeValueAsString(question))
          .start("/v1/collections/residents/find");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply get(String path) {
    return end(start(path));
  }

  private Process start(String path) {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--include", "--http1.1"));
    command.addAll(List.of("--max-time", "120", "--path-as-is"));
    command.addAll(options);
    command.add(address + path);
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the answer of what was started. */
  static Reply end(Process process) {
    byte[] said = all(process);
    // One character a byte, to find where the body begins.
    String text = new String(said, StandardCharsets.ISO_8859_1);
    int blank = text.indexOf("\r\n\r\n");
    assertThat(blank).as(text).isPositive();
    String head = text.substring(0, blank);
    byte[] body = text.substring(blank + 4).getBytes(StandardCharsets.ISO_8859_1);
    return new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, Bytes.owned(body));
  }

  /** Whatever a process that was started prints until its end, perhaps nothing. */
  static byte[] all(Process process) {
    try {
      byte[] said = process.getInputStream().readAllBytes();
      process.waitFor();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}

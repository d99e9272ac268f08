package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

final class JsonTest {
  enum Colour {
    RED
  }

  record Thing(String name, int count, @Nullable Colour colour, Optional<Boolean> on) {
    Thing {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("name is Zhang-San");
      }
    }
  }

  private final Json json = new Json();

  @Test
  void read_wellFormed_isTheValue() {
    assertThat(read("{\"name\":\"a\",\"count\":1,\"colour\":\"RED\",\"on\":true}", Thing.class))
        .isEqualTo(new Thing("a", 1, Colour.RED, Optional.of(true)));
    assertThat(read("{\"name\":\"a\",\"count\":1}", Thing.class))
        .isEqualTo(new Thing("a", 1, null, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"name\":\"Zhang-San\",\"count\":1,\"extra\":1}",
        "{\"name\":\"Zhang-San\",\"name\":\"Zhang-San\",\"count\":1}",
        "{\"name\":\"Zhang-San\",\"count\":1} {}",
        "{\"name\":\"Zhang-San\",\"count\":1",
        "{\"name\":\"Zhang-San\",\"count\":\"1\"}",
        "{\"name\":\"Zhang-San\",\"count\":1.5}",
        "{\"name\":\"Zhang-San\",\"count\":null}",
        "{\"name\":\"Zhang-San\",\"count\":99999999999}",
        "{\"name\":5,\"count\":1}",
        "{\"name\":\"Zhang-San\",\"count\":1,\"colour\":\"Zhang-San\"}",
        "{\"name\":\"Zhang-San\",\"count\":1,\"colour\":0}",
        "{\"name\":\"Zhang-San\",\"count\":1,\"on\":\"true\"}",
        "{\"Zhang-San\":1}",
        "{\"name\":\"\",\"count\":1}",
        "{'name':'Zhang-San','count':1}",
        "{\"name\":\"Zhang-San\u0000\",\"count\":1}",
        "/* Zhang-San */ {}",
        "Zhang-San"
      })
  void read_notOfTheType_isBadRequestWithoutTheContent(String text) {
    VaultException e = refusal(text);

    assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
    assertThat(e).hasMessageStartingWith("the body ").hasNoCause();
    assertThat(e.getMessage()).doesNotContain("Zhang-San");
  }

  @Test
  void read_notOfTheType_tellsThePlace() {
    assertThat(refusal("{\"name\":\"a\",\n \"count\":1,\n \"extra\":1}"))
        .hasMessageContaining("not known here at line 3, column");
    assertThat(refusal("{\"name\":\"a\",\n \"count\":\"x\"}"))
        .hasMessageContaining("missing or of another type at line 2, column");
    assertThat(refusal("{\"name\":\"a\"\n \"count\":1}"))
        .hasMessageContaining("not well-formed JSON at line 2, column");
  }

  @Test
  void read_notUtf8_isBadRequest() {
    byte[] broken = "{\"a\":\"??\"}".getBytes(StandardCharsets.UTF_8);
    broken[6] = (byte) 0xc3;
    broken[7] = (byte) 0x28;
    byte[] utf32 = {0, 0, 0, '{', 0, 0x55, 0, 0};

    assertThat(refusal(broken, JsonNode.class).code()).isEqualTo(ErrorCode.BAD_REQUEST);
    assertThat(refusal(utf32, JsonNode.class).code()).isEqualTo(ErrorCode.BAD_REQUEST);
  }

  @Test
  void read_treeWithDuplicateOrTooDeepOrTooLong_isBadRequest() {
    String[] texts = {
      "{\"a\":1,\"a\":2}",
      "[".repeat(65) + "]".repeat(65),
      "{\"" + "n".repeat(2_000) + "\":1}",
      "[" + "9".repeat(101) + "]"
    };

    for (String text : texts) {
      VaultException e = refusal(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
      assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
    }
  }

  @Test
  void write_timesAndAbsentValues_areReadable() {
    assertThat(text(Map.of("at", Instant.parse("2026-03-02T10:00:00Z"))))
        .isEqualTo("{\"at\":\"2026-03-02T10:00:00Z\"}");
    assertThat(text(Map.of("for", Duration.ofSeconds(90)))).isEqualTo("{\"for\":\"PT1M30S\"}");
    assertThat(text(Optional.of("x"))).isEqualTo("\"x\"");
  }

  private <T> T read(String text, Class<T> type) {
    return json.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), type);
  }

  private String text(Object value) {
    return new String(json.write(value), StandardCharsets.UTF_8);
  }

  private VaultException refusal(String text) {
    return refusal(text.getBytes(StandardCharsets.UTF_8), Thing.class);
  }

  private VaultException refusal(byte[] body, Class<?> type) {
    VaultException e =
        catchThrowableOfType(
            VaultException.class, () -> json.read(new ByteArrayInputStream(body), type));
    assertThat(e).isNotNull();
    return e;
  }
}

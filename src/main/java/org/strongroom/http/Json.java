package org.strongroom.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * JSON as the interface takes and gives it: nothing unknown, nothing twice, nothing after the end,
 * no null inside a list or map, no guessing of types. What is wrong is told by its place, never by
 * its content. Thread-safe.
 */
final class Json {
  /** Deeper than any request that makes sense, shallower than any stack. */
  private static final int MAX_DEPTH = 64;

  private static final int MAX_NAME_CHARS = 1024;
  private static final int MAX_NUMBER_CHARS = 100;

  private final ObjectMapper mapper;

  Json() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_CHARS)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    // The body's own limit holds: a photo may be one long string.
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    mapper =
        JsonMapper.builder(factory)
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .disable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
  }

  /**
   * Reads one value and nothing after it.
   *
   * @throws VaultException {@link ErrorCode#BAD_REQUEST} with line and column; or what a record of
   *     the type threw when it checked itself
   */
  <T> T read(InputStream from, Class<T> type) {
    @Nullable T value;
    try {
      value = mapper.readValue(from, type);
    } catch (ValueInstantiationException e) {
      if (e.getCause() instanceof VaultException refusal) {
        throw refusal;
      }
      throw bad("a value that is not allowed", e);
    } catch (UnrecognizedPropertyException e) {
      throw bad("a property that is not known here", e);
    } catch (MismatchedInputException e) {
      throw bad("a value that is missing or of another type", e);
    } catch (JsonProcessingException e) {
      throw bad("not well-formed JSON", e);
    } catch (IOException e) {
      // Faults of the connection are no IOException here, so the bytes are at fault: not Unicode.
      throw new VaultException(ErrorCode.BAD_REQUEST, "the body is not JSON in UTF-8");
    }
    if (value == null) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "the body is null: an object is expected");
    }
    return value;
  }

  byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new BugException("an answer that is no JSON: " + value.getClass().getName(), e);
    }
  }

  /** Without the cause, whose message may quote the body. */
  private static VaultException bad(String what, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new VaultException(ErrorCode.BAD_REQUEST, "the body has " + what + where);
  }
}

package org.strongroom.leak.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Reports as JSON, described by the resource {@value #SCHEMA}. One line in UTF-8: the members of
 * the findings first, in the order of {@link Report.Findings}, then {@code check}, {@code
 * signature} and {@code receipt}. The same report is the same bytes on every JDK; fractions have
 * {@value Decimals#DIGITS} significant digits. Thread-safe.
 */
public final class ReportJson {
  /** The JSON Schema of a report (draft 2020-12), beside this class. */
  public static final String SCHEMA = "leak-report.schema.json";

  /** The only format there is as yet. */
  public static final int FORMAT = 1;

  /** The longest report that is read. */
  public static final int MAX_BYTES = 16 << 20;

  private static final int MAX_DEPTH = 16;
  private static final JsonMapper JSON = mapper();

  /** Numbers are compared as such: a tool may have written 1e-9 in another way. */
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) ->
          a.isNumber() && b.isNumber()
              ? a.decimalValue().compareTo(b.decimalValue())
              : a.equals(b) ? 0 : 1;

  private ReportJson() {}

  /** The report as it is handed out: one line, which ends in a newline. */
  public static byte[] write(Report report) {
    byte[] json = encode(report);
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    return line;
  }

  /**
   * Reads a report that Strongroom wrote, perhaps laid out anew by another tool. Does not check its
   * signature: see {@link ReportSignature#verify}. What it gives, {@link #write} writes as it was.
   *
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} with the place of what is wrong
   */
  public static Report read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw bad("it is longer than " + (MAX_BYTES >> 20) + " MiB");
    }
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode all)) {
        throw bad("it is not an object");
      }
      JsonNode whole = all.deepCopy();
      @Nullable JsonNode check = all.remove("check");
      @Nullable JsonNode signature = all.remove("signature");
      @Nullable JsonNode receipt = all.remove("receipt");
      if (check == null) {
        throw bad("check is missing");
      }
      ReportShape.check(all, Report.Findings.class, "");
      Report read =
          new Report(
              JSON.treeToValue(all, Report.Findings.class),
              member(check, Report.Check.class, "check"),
              signature == null ? null : member(signature, String.class, "signature"),
              receipt == null ? null : member(receipt, Receipt.class, "receipt"));
      requireFormat(read.findings().format());
      // A figure with more digits than are ever written would be read as another one.
      if (!whole.equals(BY_VALUE, JSON.readTree(encode(read)))) {
        throw bad("a figure is not as Strongroom writes it");
      }
      return read;
    } catch (JsonProcessingException e) {
      // Without its message, which may quote what was read.
      throw bad("it is not well-formed JSON");
    } catch (IOException e) {
      throw bad("it is not JSON in UTF-8");
    }
  }

  /** The canonical form of findings, over which {@code check.findings} is the SHA-256. */
  public static byte[] findings(Report.Findings findings) {
    return encode(findings);
  }

  /** SHA-256 of {@link #findings}. */
  public static Bytes digest(Report.Findings findings) {
    return sha256(findings(findings));
  }

  static Bytes digest(Report.Check check) {
    return sha256(encode(check));
  }

  private static Bytes sha256(byte[] json) {
    try {
      return Bytes.owned(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  private static void requireFormat(int format) {
    if (format != FORMAT) {
      throw bad("its format is " + format + ", and " + FORMAT + " is known");
    }
  }

  private static <T> T member(JsonNode value, Class<T> type, String place)
      throws JsonProcessingException {
    ReportShape.check(value, type, place);
    return JSON.treeToValue(value, type);
  }

  private static byte[] encode(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new BugException("a report is made of plain records and finite figures", e);
    }
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    Decimals decimals = new Decimals();
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule())
        .addModule(
            new SimpleModule()
                .addSerializer(Double.class, decimals)
                .addSerializer(double.class, decimals))
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .enable(
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .build();
  }

  private static VaultException bad(String what) {
    return new VaultException(
        ErrorCode.UNREADABLE_INPUT, "this is no report of a leak check: " + what);
  }
}

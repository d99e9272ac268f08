package org.strongroom.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** What a server's answers mean: JSON to values, problem documents (RFC 9457) to exceptions. */
final class ServerAnswers {
  /** Reads what a later server adds without complaint; a rejected record may hold a photo. */
  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .build();

  private ServerAnswers() {}

  /**
   * Reads an answer.
   *
   * @throws VaultException {@code UNREACHABLE} when no server of ours gives such an answer
   */
  static <T> T read(URI server, byte[] json, Class<T> type) {
    try {
      @Nullable T value = JSON.readValue(json, type);
      if (value != null) {
        return value;
      }
    } catch (IOException e) {
      // Told below, without the cause: its message may quote the answer.
    }
    throw stranger(server);
  }

  /** The receipt that stands in the headers of an answer. */
  static Receipt receipt(URI server, HttpHeaders headers) {
    Optional<String> log = headers.firstValue("Strongroom-Log");
    Optional<String> index = headers.firstValue("Strongroom-Index");
    if (log.isEmpty() || index.isEmpty() || !index.get().matches("[0-9]{1,18}")) {
      throw stranger(server);
    }
    return new Receipt(log.get(), Long.parseLong(index.get()));
  }

  /** The body of a request. */
  static byte[] write(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new BugException("a request is always JSON", e);
    }
  }

  /**
   * What a problem document says: a {@link Refusal} for a disclosure that the policy denies, a
   * {@link Denial} for another act, else a {@link VaultException}.
   *
   * @param retryAfter the header of that name
   */
  static RuntimeException problem(
      URI server, int status, byte[] document, Optional<String> retryAfter) {
    @Nullable JsonNode problem = null;
    try {
      problem = JSON.readTree(document);
    } catch (IOException e) {
      // No problem document, so not our server.
    }
    if (problem == null || !problem.path("code").isTextual()) {
      return stranger(server);
    }
    String code = problem.path("code").asText();
    String detail = problem.path("detail").asText();
    JsonNode receipt = problem.path("receipt");
    if (status == ErrorCode.DENIED.status() && receipt.isObject()) {
      Receipt where = new Receipt(receipt.path("log").asText(), receipt.path("index").asLong());
      return code.equals(ErrorCode.DENIED.code())
          ? new Denial(detail, where)
          : new Refusal(code, detail, where);
    }
    if (problem.path("incident").isTextual()) {
      detail += " (" + problem.path("incident").asText() + ")";
    }
    if (retryAfter.isPresent()) {
      detail += " (in " + retryAfter.get() + " s)";
    }
    return new VaultException(code(code, status), detail);
  }

  /** The code of that name; for one that a later server has, what its status comes closest to. */
  static ErrorCode code(String text, int status) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.code().equals(text))
        .findFirst()
        .or(
            () ->
                Arrays.stream(ErrorCode.values())
                    .filter(code -> code.status() == status)
                    .findFirst())
        .orElse(ErrorCode.INTERNAL);
  }

  /** Why a server could not be asked, and what to check. */
  static VaultException unreachable(URI server, IOException failure) {
    String what;
    if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
      what =
          "the server's certificate is not trusted, or is for another name: name the certificate"
              + " with --ca, and the server as the certificate does";
    } else if (failure instanceof UnknownHostException) {
      what = "there is no such host: check --vault";
    } else if (failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException) {
      what = "nothing answers there: check --vault, and whether the server is running";
    } else if (failure instanceof HttpTimeoutException
        || failure instanceof SocketTimeoutException) {
      what = "the server did not answer in time";
    } else {
      what = "the connection broke: check that the server is running, then try again";
    }
    return new VaultException(ErrorCode.UNREACHABLE, server + ": " + what, failure);
  }

  static VaultException stranger(URI server) {
    return new VaultException(
        ErrorCode.UNREACHABLE, server + ": what answers there is no Strongroom: check --vault");
  }
}

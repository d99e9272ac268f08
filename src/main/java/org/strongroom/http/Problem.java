package org.strongroom.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Denial;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * An error as it is told to the client: RFC 9457. Never quotes the request.
 *
 * @param status often, but not always, the code's own: 405 and 415 are {@code bad_request} too
 * @param headers to be sent with it
 * @param receipt of a denial that is in the log
 */
record Problem(
    int status,
    ErrorCode code,
    String detail,
    Map<String, String> headers,
    @Nullable Receipt receipt) {
  static final String CONTENT_TYPE = "application/problem+json";

  /** Followed by the code; names the kind of problem, as RFC 9457 asks, and leads nowhere. */
  static final String TYPE = "urn:problem-type:strongroom:";

  private static final Duration DEFAULT_RETRY_AFTER = Duration.ofMinutes(1);

  Problem {
    headers = Map.copyOf(headers);
  }

  Problem(int status, ErrorCode code, String detail, Map<String, String> headers) {
    this(status, code, detail, headers, null);
  }

  Problem(int status, ErrorCode code, String detail) {
    this(status, code, detail, Map.of());
  }

  /** One answer for no token, a malformed one and an unknown one. */
  static Problem notAuthenticated() {
    return new Problem(
        401,
        ErrorCode.NOT_AUTHENTICATED,
        "send a valid API token in the header Authorization: Bearer srm_...",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  /** One answer for whatever is wrong with a name, a password or a code, or with their form. */
  static Problem badCredentials() {
    return new Problem(
        401,
        ErrorCode.NOT_AUTHENTICATED,
        "what was sent in place of a token is not right, or not whole",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  static Problem lockedOut(Duration retryAfter) {
    return new Problem(
        429,
        ErrorCode.LOCKED_OUT,
        "too many failed attempts: wait, then try again",
        retryAfter(retryAfter));
  }

  static Problem notFound() {
    return new Problem(404, ErrorCode.NOT_FOUND, "there is nothing at this address");
  }

  static Problem methodNotAllowed(Set<Route.Method> allowed) {
    String list = String.join(", ", allowed.stream().map(Enum::name).sorted().toList());
    return new Problem(
        405,
        ErrorCode.BAD_REQUEST,
        "this address does not take that method, but: " + list,
        Map.of("Allow", list));
  }

  static Problem unsupportedMediaType(Set<String> accepted) {
    String list = String.join(", ", accepted.stream().sorted().toList());
    return new Problem(
        415,
        ErrorCode.BAD_REQUEST,
        "send a body of Content-Type " + list + ", without Content-Encoding",
        Map.of("Accept", list));
  }

  static Problem tooLarge(long maxBytes) {
    return new Problem(
        413, ErrorCode.TOO_LARGE, "the body has more than " + maxBytes + " bytes: send less");
  }

  /**
   * What HTTP itself found wrong, by its status alone: the server's own words are not passed on.
   */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> notFound();
      case 408 -> new Problem(408, ErrorCode.BAD_REQUEST, "the request came too slowly");
      case 413 -> new Problem(413, ErrorCode.TOO_LARGE, "the body is too large");
      case 414, 431 -> new Problem(status, ErrorCode.TOO_LARGE, "the headers are too large");
      case 503 ->
          new Problem(503, ErrorCode.UNREACHABLE, "the server is stopping: try again later");
      default ->
          (status >= 400 && status < 500) || status == 501 || status == 505
              ? new Problem(
                  status, ErrorCode.BAD_REQUEST, "this is not a request that is understood")
              : internal();
    };
  }

  static Problem internal() {
    return new Problem(
        500, ErrorCode.INTERNAL, "something failed here: give the operator the incident's id");
  }

  /** The problem that {@code failure} means; {@link #internal()} when it is none of ours. */
  static Problem of(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal.problem();
    }
    if (failure instanceof VaultException known) {
      return new Problem(
          known.code().status(),
          known.code(),
          String.valueOf(known.getMessage()),
          known.code().status() == 429 ? retryAfter(DEFAULT_RETRY_AFTER) : Map.of(),
          known instanceof Denial denial ? denial.receipt() : null);
    }
    return internal();
  }

  /** Why a body could not be read to its end: too slow, or broken off, or badly framed. */
  static Problem ofBrokenBody(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof HttpException http) {
        return ofStatus(http.getCode());
      }
      if (t instanceof TimeoutException) {
        return ofStatus(408);
      }
    }
    return new Problem(400, ErrorCode.BAD_REQUEST, "the body broke off");
  }

  /** The members in their order; {@code incident} finds the request in the server's log. */
  Map<String, Object> document(@Nullable String incident) {
    Map<String, Object> members = document(status, code.code(), detail);
    if (incident != null && status >= 500) {
      members.put("incident", incident);
    }
    if (receipt != null) {
      members.put("receipt", receipt);
    }
    return members;
  }

  /** The members that every problem has; extensions go behind them. */
  static Map<String, Object> document(int status, String code, String detail) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", TYPE + code);
    String words = code.replace('_', ' ');
    members.put("title", words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    members.put("status", status);
    members.put("code", code);
    members.put("detail", detail);
    return members;
  }

  /** All headers of the answer but those that every answer carries, by name. */
  Map<String, String> allHeaders() {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Type", CONTENT_TYPE);
    return all;
  }

  private static Map<String, String> retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return Map.of("Retry-After", Long.toString(seconds));
  }

  /** Carries a problem from where it is found to where it is answered. */
  static final class Refusal extends RuntimeException {
    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}

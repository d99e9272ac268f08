package org.strongroom.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request gets, whoever answers it: the headers that keep an answer from being cached,
 * framed or run; an opaque id; and one line in the log, with no path, no query, no token, no body.
 */
final class Envelope implements HttpConfiguration.Customizer, RequestLog {
  /** A page needs more; its route says so by setting these anew. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "Strict-Transport-Security", "max-age=31536000",
          "X-Frame-Options", "DENY");

  static final String ID_HEADER = "Request-Id";

  /** The same as Jetty writes them, encoded once. */
  private static final List<HttpField> FIELDS =
      HEADERS.entrySet().stream()
          .<HttpField>map(each -> new PreEncodedHttpField(each.getKey(), each.getValue()))
          .toList();

  private static final String ID = "org.strongroom.http.id";
  private static final String ROUTE = "org.strongroom.http.route";
  private static final int ID_BYTES = 8;
  private static final Logger LOG = LoggerFactory.getLogger("org.strongroom.http.access");

  /** A method is the client's own word, and may be any. */
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT");

  private final SecureRandom random;

  Envelope(SecureRandom random) {
    this.random = random;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    request.setAttribute(ID, HexFormat.of().formatHex(id));
    putHeaders(request, responseHeaders);
    return request;
  }

  /** For the answers that Jetty writes on its own, which start from no headers. */
  static void putHeaders(Request request, HttpFields.Mutable responseHeaders) {
    FIELDS.forEach(responseHeaders::put);
    String id = id(request);
    if (id != null) {
      responseHeaders.put(ID_HEADER, id);
    }
  }

  /** Null for what never became a request. */
  static @Nullable String id(Request request) {
    return (String) request.getAttribute(ID);
  }

  static void noteRoute(Request request, Route<?> route) {
    request.setAttribute(ROUTE, route.path());
  }

  @Override
  public void log(Request request, Response response) {
    String method = request.getMethod();
    LOG.info(
        "{} {} {} {} ms {}",
        METHODS.contains(method) ? method : "other",
        orDash(request.getAttribute(ROUTE)),
        response.getStatus(),
        NanoTime.millisSince(request.getBeginNanoTime()),
        orDash(id(request)));
  }

  private static Object orDash(@Nullable Object value) {
    return value == null ? "-" : value;
  }
}

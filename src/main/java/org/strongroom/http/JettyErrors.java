package org.strongroom.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.kernel.ErrorCode;

/**
 * Answers what never reaches {@link Reception}: what is not HTTP, headers that are too large, a
 * server that is stopping. By status alone, so that no word of Jetty's, or of the request, is in
 * it.
 */
final class JettyErrors extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(JettyErrors.class);

  private final Json json;

  JettyErrors(Json json) {
    this.json = json;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object cause = request.getAttribute(ERROR_EXCEPTION);
    int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
    Problem problem = Problem.ofStatus(status);
    if (problem.code() == ErrorCode.INTERNAL && cause instanceof Throwable failure) {
      LOG.error("incident {}", Envelope.id(request), Incident.of(failure));
    }
    HttpFields.Mutable headers = response.getHeaders();
    Envelope.putHeaders(request, headers);
    problem.allHeaders().forEach(headers::put);
    response.setStatus(problem.status());
    response.write(
        true, ByteBuffer.wrap(json.write(problem.document(Envelope.id(request)))), callback);
    return true;
  }
}

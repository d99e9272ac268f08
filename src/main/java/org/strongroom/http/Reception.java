package org.strongroom.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.router.Endpoint;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.http.Problem.Refusal;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Receives every request: asks who it is, then whether there is such a route, then whether the body
 * is one that the route takes, and only then lets the route answer. Turns failures into problem
 * documents.
 */
final class Reception<A> {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final String BROKEN = "org.strongroom.http.broken";
  private static final String ACTOR = "org.strongroom.http.actor";

  /** How long a body is still read after its answer. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  /** Bounded, so that nobody hashes megabytes for a stranger. */
  private static final Pattern BEARER =
      Pattern.compile("bearer +(srm_[A-Za-z0-9_-]{1,200})", Pattern.CASE_INSENSITIVE);

  private final List<Route<A>> routes;
  private final Doorkeeper<A> doorkeeper;
  private final Json json;

  Reception(List<Route<A>> routes, Doorkeeper<A> doorkeeper, Json json) {
    this.routes = List.copyOf(routes);
    this.doorkeeper = doorkeeper;
    this.json = json;
  }

  /**
   * Javalin's plain servlet: the one with web sockets would answer those without asking who it is.
   */
  Servlet servlet() {
    return new Ending(new JavalinServlet(Javalin.create(this::configure).unsafe));
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    // The length of a compressed answer tells of its content.
    config.http.compressionStrategy = CompressionStrategy.NONE;
    // Made anew for each answer, 32 KiB unless told: that was half of all that a find left behind.
    config.http.responseBufferSize = 4 << 10;
    config.router.ignoreTrailingSlashes = false;
    RouteTable<A> table = new RouteTable<>(routes, config.router);
    config.routes.before(guarded(context -> receive(table, context)));
    for (Route<A> route : routes) {
      config.routes.addEndpoint(
          new Endpoint(
              HandlerType.findOrCreate(route.method().name()),
              route.path(),
              guarded(context -> serve(route, context))));
    }
    config.routes.exception(Exception.class, this::fail);
    config.routes.exception(HttpResponseException.class, this::fail);
  }

  /**
   * An error such as a stack overflow is a failure like any other; Javalin would log its message.
   */
  private static Handler guarded(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (Error e) {
        throw new BugException("a handler ran out of something", e);
      }
    };
  }

  private void receive(RouteTable<A> table, Context context) {
    String path = context.path();
    Optional<Route<A>> route = table.find(context.req().getMethod(), path);
    // A stranger is not told which paths there are, unless all of them are open.
    boolean forKnown =
        route.map(Reception::needsToken).orElse(routes.stream().anyMatch(Reception::needsToken));
    if (forKnown) {
      context.attribute(ACTOR, identify(context.req()));
    }
    if (route.isEmpty()) {
      Set<Route.Method> allowed = table.methodsAt(path);
      throw new Refusal(allowed.isEmpty() ? Problem.notFound() : Problem.methodNotAllowed(allowed));
    }
  }

  private static boolean needsToken(Route<?> route) {
    return route.access() == Route.Access.TOKEN;
  }

  private void serve(Route<A> route, Context context) throws Exception {
    @Nullable A actor = context.attribute(ACTOR);
    if (actor == null && route.access() == Route.Access.TOKEN) {
      // Should the router ever see another route than we did: still no way in without a token.
      actor = identify(context.req());
    }
    ServletContextRequest request = jettyRequest(context);
    Envelope.noteRoute(request, route);
    Call<A> call = new Call<>(context, route, actor, requestId(request), json);
    if (route.access() == Route.Access.CREDENTIALS) {
      serveCredentials(route, context, call);
      return;
    }
    checkBody(route.body(), context.req());
    context.status(200);
    route.handler().handle(call);
  }

  /** A body that is wrong in any way proves nobody: it is not told from a wrong password. */
  private void serveCredentials(Route<A> route, Context context, Call<A> call) throws Exception {
    try {
      checkBody(route.body(), context.req());
      context.status(200);
      route.handler().handle(call);
    } catch (Refusal e) {
      throw new Refusal(Problem.badCredentials());
    } catch (VaultException e) {
      boolean wrong = e.code() == ErrorCode.BAD_REQUEST || e.code() == ErrorCode.NOT_AUTHENTICATED;
      throw wrong ? new Refusal(Problem.badCredentials()) : e;
    }
  }

  private A identify(HttpServletRequest request) {
    List<String> credentials = Collections.list(request.getHeaders("Authorization"));
    if (credentials.size() == 1) {
      Matcher bearer = BEARER.matcher(credentials.get(0));
      if (bearer.matches()) {
        Doorkeeper.Answer<A> answer = doorkeeper.byToken(bearer.group(1));
        if (answer instanceof Doorkeeper.Known<A> known) {
          return known.actor();
        } else if (answer instanceof Doorkeeper.LockedOut<A> lockedOut) {
          throw new Refusal(Problem.lockedOut(lockedOut.retryAfter()));
        }
      }
    }
    throw new Refusal(Problem.notAuthenticated());
  }

  private static void checkBody(Route.Body body, HttpServletRequest request) {
    if (body.contentTypes().isEmpty()) {
      return;
    }
    boolean taken = body.isOfAnyType() || takes(body.contentTypes(), request.getContentType());
    if (!taken || request.getHeader("Content-Encoding") != null) {
      throw new Refusal(Problem.unsupportedMediaType(body.contentTypes()));
    }
    if (request.getContentLengthLong() > body.maxBytes()) {
      throw new Refusal(Problem.tooLarge(body.maxBytes()));
    }
  }

  /** Without parameters, save that the character set, where one is named, is UTF-8. */
  private static boolean takes(Set<String> accepted, @Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
    return accepted.contains(parts[0].strip())
        && (parts.length == 1 || parts[1].strip().matches("charset=\"?utf-8\"?"));
  }

  private void fail(Exception failure, Context context) {
    ServletContextRequest request = jettyRequest(context);
    String id = requestId(request);
    Problem problem = Problem.of(failure);
    if (isClientGone(failure)) {
      LOG.debug("client gone in request {}", id);
    } else if (problem.code() == ErrorCode.INTERNAL) {
      LOG.error("incident {}", id, Incident.of(failure));
    } else if (problem.code() == ErrorCode.UNWITNESSED) {
      // Every disclosure meets it while witnesses are down, and the alarm has said why.
      LOG.warn("{} in request {}", problem.code().code(), id);
    } else if (problem.status() >= 500) {
      LOG.warn("{} in request {}", problem.code().code(), id, Incident.of(failure));
    }
    HttpServletResponse response = context.res();
    if (response.isCommitted()) {
      context.attribute(BROKEN, true);
      return;
    }
    response.reset();
    Envelope.HEADERS.forEach(response::setHeader);
    response.setHeader(Envelope.ID_HEADER, id);
    problem.allHeaders().forEach(response::setHeader);
    context.status(problem.status()).result(json.write(problem.document(id)));
  }

  /**
   * Faults in reading the body are refusals by now, so this is one in writing the answer: the
   * client hung up, or read nothing for too long.
   */
  private static boolean isClientGone(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof EofException || t instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static ServletContextRequest jettyRequest(Context context) {
    return ServletContextRequest.getServletContextRequest(context.req());
  }

  /**
   * What is left to do once Javalin is through, since it does not expect that while it works.
   * Breaks the connection when an answer failed half-way, so that it is not taken for a whole one.
   * After an answer that came before the end of the body, such as a refusal, reads on for a while:
   * most clients look at an answer only when they have sent everything, and would see nothing but a
   * broken connection if it were closed on them. For strangers it does not wait.
   */
  private static final class Ending extends HttpServlet {
    private final transient JavalinServlet javalin;

    Ending(JavalinServlet javalin) {
      this.javalin = javalin;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response)
        throws ServletException, IOException {
      javalin.service(request, response);
      if (request.getAttribute(BROKEN) != null) {
        ServletContextRequest.getServletContextRequest(request)
            .getServletChannel()
            .abort(new EofException("half an answer"));
      } else if (request.getAttribute(ACTOR) != null
          && (request.getAttribute(Call.BODY_BEGUN) != null || isSending(request))) {
        response.getOutputStream().close();
        readOn(request.getInputStream());
      }
    }

    /**
     * Whether a body is on its way that no handler looked at; one that waits to be asked is not.
     */
    private static boolean isSending(ServletRequest request) {
      HttpServletRequest http = (HttpServletRequest) request;
      return (http.getContentLengthLong() > 0 || http.getHeader("Transfer-Encoding") != null)
          && http.getHeader("Expect") == null;
    }

    private static void readOn(InputStream body) {
      try {
        // Nearly always there is no more, and room for it would cost more than the answer did.
        if (body.read() >= 0) {
          long begun = System.nanoTime();
          byte[] ignored = new byte[64 * 1024];
          while (System.nanoTime() - begun < LINGER.toNanos() && body.read(ignored) >= 0) {
            // Nobody asked for it.
          }
        }
      } catch (IOException | RuntimeException e) {
        // It broke off, or came too slowly: so be it.
      }
    }
  }

  private static String requestId(ServletContextRequest request) {
    String id = Envelope.id(request);
    if (id == null) {
      throw new BugException("every request that gets here has an id");
    }
    return id;
  }
}

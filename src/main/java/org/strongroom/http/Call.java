package org.strongroom.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.strongroom.http.Problem.Refusal;
import org.strongroom.kernel.BlockInput;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * One request and its answer, in the hands of a route's handler. For one thread, and not beyond the
 * handler's return.
 *
 * @param <A> the actor that {@link Doorkeeper} names
 */
public final class Call<A> {
  /** Attribute of a request whose body was begun to be read. */
  static final String BODY_BEGUN = "org.strongroom.http.body";

  private final Context context;
  private final Route<A> route;
  private final @Nullable A actor;
  private final String requestId;
  private final Json json;

  Call(Context context, Route<A> route, @Nullable A actor, String requestId, Json json) {
    this.context = context;
    this.route = route;
    this.actor = actor;
    this.requestId = requestId;
    this.json = json;
  }

  /** Who is asking. An open route must not ask for it. */
  public A actor() {
    if (actor == null) {
      throw new BugException("an open route knows no actor: " + route.path());
    }
    return actor;
  }

  /** Opaque; stands in the access log and in the answer's {@code Request-Id}. */
  public String requestId() {
    return requestId;
  }

  /** What stands for {@code {name}} in the route's path, decoded. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /** A parameter of the query, which must hold no personal data and no token. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name));
  }

  /** All values of a parameter of the query that may be repeated, in their order. */
  public List<String> queryAll(String name) {
    return List.copyOf(context.queryParams(name));
  }

  /**
   * Refuses parameters of the query that nobody would heed.
   *
   * @throws VaultException {@link ErrorCode#BAD_REQUEST} for a name that is not in {@code known}
   */
  public void requireQueryNames(Set<String> known) {
    if (!known.containsAll(context.queryParamMap().keySet())) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "the query has a parameter that is not known here; known: " + new TreeSet<>(known));
    }
  }

  /**
   * The body, read as JSON.
   *
   * @throws VaultException {@link ErrorCode#BAD_REQUEST} when it is not of that type; what the type
   *     throws when it checks itself
   */
  public <T> T json(Class<T> type) {
    return json.read(body(), type);
  }

  /**
   * The body as it comes, not decoded. Reading past the route's limit, or a body that comes too
   * slowly or breaks off, throws an unchecked exception: let it pass, it becomes the answer.
   */
  public InputStream body() {
    context.req().setAttribute(BODY_BEGUN, true);
    try {
      return new LimitedBody(context.req().getInputStream(), route.body().maxBytes());
    } catch (IOException e) {
      throw new Refusal(Problem.ofBrokenBody(e));
    }
  }

  /**
   * Whether the client takes an answer in a content coding, such as gzip (RFC 9110, section
   * 12.5.3): when it names it, and not with the weight 0.
   */
  public boolean takesEncoding(String coding) {
    String accepted = context.header("Accept-Encoding");
    if (accepted == null) {
      return false;
    }
    for (String one : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = one.replace(" ", "").split(";q=", 2);
      if (parts[0].equals(coding)) {
        return parts.length == 1 || !parts[1].matches("0(\\.0*)?");
      }
    }
    return false;
  }

  /** A header of the request, which must not be asked for who is asking. */
  public Optional<String> requestHeader(String name) {
    return Optional.ofNullable(context.header(name));
  }

  /**
   * Whether the client would rather have one media type than another (RFC 9110, section 12.5.1);
   * not when it does not say.
   */
  public boolean prefers(String type, String over) {
    String accepted = context.header("Accept");
    return accepted != null && weight(accepted, type) > weight(accepted, over);
  }

  /** Of a type without parameters; the most specific range that it is in decides. */
  private static double weight(String accepted, String type) {
    double weight = 0;
    int specific = -1;
    for (String one : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = one.replace(" ", "").split(";", -1);
      int here =
          parts[0].equals(type)
              ? 2
              : parts[0].equals(type.substring(0, type.indexOf('/')) + "/*")
                  ? 1
                  : parts[0].equals("*/*") ? 0 : -1;
      if (here > specific) {
        specific = here;
        weight = quality(parts);
      }
    }
    return weight;
  }

  private static double quality(String[] parts) {
    for (String part : parts) {
      if (part.matches("q=[01](\\.[0-9]{0,3})?")) {
        return Double.parseDouble(part.substring(2));
      }
    }
    return 1;
  }

  /** Replaces a header of the answer. */
  public void header(String name, String value) {
    context.header(name, value);
  }

  /** Answers 200 with {@code value} as JSON. */
  public void answer(Object value) {
    answer(200, value);
  }

  /** Answers with {@code value} as JSON. */
  public void answer(int status, Object value) {
    answer(status, "application/json", json.write(value));
  }

  public void answer(int status, String contentType, byte[] body) {
    context.status(status).contentType(contentType).result(body);
  }

  /**
   * Answers with a problem document for an expected "no", which has more to say than {@link
   * VaultException} does.
   *
   * @param code a word that stays for ever
   * @param detail for people; no personal data, nothing of the request
   * @param extension further members of the document
   */
  public void refuse(int status, String code, String detail, Map<String, ?> extension) {
    Map<String, Object> document = Problem.document(status, code, detail);
    document.putAll(extension);
    answer(status, Problem.CONTENT_TYPE, json.write(document));
  }

  /** Answers as the listener does when nobody is let in for now. */
  public void lockedOut(Duration retryAfter) {
    Problem problem = Problem.lockedOut(retryAfter);
    problem.allHeaders().forEach(this::header);
    answer(problem.status(), Problem.CONTENT_TYPE, json.write(problem.document(null)));
  }

  /** Answers 204. */
  public void answerNothing() {
    context.status(204);
    context.res().setContentType(null);
  }

  /**
   * Answers 200 with a body of unknown length. Nothing leaves before the first flush, or some 32
   * KiB; a failure before that is still answered as a problem document.
   */
  public OutputStream stream(String contentType) {
    context.status(200).contentType(contentType);
    try {
      return context.res().getOutputStream();
    } catch (IOException e) {
      throw new BugException("an answer has one stream", e);
    }
  }

  private static final class LimitedBody extends BlockInput {
    private final long maxBytes;
    private long read;

    LimitedBody(InputStream in, long maxBytes) {
      super(in);
      this.maxBytes = maxBytes;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      int n;
      try {
        n = in.read(to, offset, length);
      } catch (IOException | RuntimeException e) {
        throw new Refusal(Problem.ofBrokenBody(e));
      }
      read += Math.max(n, 0);
      if (read > maxBytes) {
        throw new Refusal(Problem.tooLarge(maxBytes));
      }
      return n;
    }
  }
}

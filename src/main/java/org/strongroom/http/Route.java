package org.strongroom.http;

import java.util.Set;

/**
 * One thing that can be asked of the listener. Needs a token unless it is made {@link #open()} or
 * {@link #credentials()}.
 *
 * @param path a pattern: {@code /v1/collections/{c}/find}, where {@code {c}} stands for one segment
 *     and {@code <rest>} for one or more. Of two that match, the one declared first is taken.
 * @param summary one line for the interface description
 * @param body what the request must bring
 * @param <A> the actor that {@link Doorkeeper} names
 */
public record Route<A>(
    Method method, String path, String summary, Access access, Body body, Handler<A> handler) {

  /** Largest JSON body unless the route says otherwise. */
  public static final long DEFAULT_MAX_JSON_BYTES = 1 << 20;

  public Route {
    if (!path.startsWith("/") || path.contains("?") || path.contains("*")) {
      throw new IllegalArgumentException("not a path: " + path);
    }
    if (path.length() > 1 && path.endsWith("/")) {
      throw new IllegalArgumentException("ends in a slash: " + path);
    }
    if (summary.isBlank()) {
      throw new IllegalArgumentException("no summary: " + path);
    }
  }

  public static <A> Route<A> get(String path, String summary, Handler<A> handler) {
    return new Route<>(Method.GET, path, summary, Access.TOKEN, Body.NONE, handler);
  }

  public static <A> Route<A> post(String path, String summary, Body body, Handler<A> handler) {
    return new Route<>(Method.POST, path, summary, Access.TOKEN, body, handler);
  }

  public static <A> Route<A> put(String path, String summary, Body body, Handler<A> handler) {
    return new Route<>(Method.PUT, path, summary, Access.TOKEN, body, handler);
  }

  public static <A> Route<A> delete(String path, String summary, Handler<A> handler) {
    return new Route<>(Method.DELETE, path, summary, Access.TOKEN, Body.NONE, handler);
  }

  /** The same for everybody: health, and what holds no data. */
  public Route<A> open() {
    return new Route<>(method, path, summary, Access.OPEN, body, handler);
  }

  /** For those who have no token yet, and send a password or a code in the body instead. */
  public Route<A> credentials() {
    return new Route<>(method, path, summary, Access.CREDENTIALS, body, handler);
  }

  /** Answers a call. Called from many threads at once. */
  @FunctionalInterface
  public interface Handler<A> {
    /**
     * Answers through {@code call}. What it throws becomes a problem document, or, once the answer
     * has begun to leave, a broken connection: a client never takes half an answer for a whole one.
     */
    void handle(Call<A> call) throws Exception;
  }

  public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /** Who may ask. */
  public enum Access {
    /** Whoever the doorkeeper knows. */
    TOKEN,
    /**
     * Whoever the body proves to be: that is the handler's to judge. A body that cannot be read
     * proves nobody, and is answered like a wrong password.
     */
    CREDENTIALS,
    /** Everybody. */
    OPEN
  }

  /**
   * What a request must bring.
   *
   * @param contentTypes the media types taken, without parameters; none when no body is expected
   * @param maxBytes beyond it 413
   */
  public record Body(Set<String> contentTypes, long maxBytes) {
    public static final Body NONE = new Body(Set.of(), 0);

    /** Among the content types: all of them, or none at all. */
    public static final String ANY_TYPE = "*/*";

    public Body {
      contentTypes = Set.copyOf(contentTypes);
      if (maxBytes < 0) {
        throw new IllegalArgumentException("maxBytes is negative");
      }
    }

    public static Body json() {
      return json(DEFAULT_MAX_JSON_BYTES);
    }

    public static Body json(long maxBytes) {
      return new Body(Set.of("application/json"), maxBytes);
    }

    /** A body of any type, to be read from {@link Call#body()} as it comes. */
    public static Body ofAnyType(long maxBytes) {
      return new Body(Set.of(ANY_TYPE), maxBytes);
    }

    boolean isOfAnyType() {
      return contentTypes.contains(ANY_TYPE);
    }

    /** A body of any length, to be read from {@link Call#body()} as it comes. */
    public static Body stream(String... contentTypes) {
      return new Body(Set.of(contentTypes), Long.MAX_VALUE);
    }
  }
}

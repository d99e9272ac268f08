package org.strongroom.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.translog.AddCheckpoint;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Cosignature;
import org.strongroom.translog.NoteSignature;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/**
 * A witness over http or https. What it answers is believed only as far as its signature goes, so
 * plain http forges nothing; it only tells listeners the size of the log.
 *
 * <p>For one log: it remembers the size that the witness cosigned last, and asks when it does not
 * know. Thread-safe; submits one checkpoint at a time.
 */
public final class HttpWitness implements Witness {
  /** The longest that connecting may take. */
  public static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /** The longest that a request may take until the last byte of its answer. */
  public static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  /** Signature lines, or a checkpoint with them; a post-quantum one has nearly 5 kB. */
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private static final String SIZE = "text/x.tlog.size";

  /** A size of 19 digits and its newline. */
  private static final int MAX_SIZE_BYTES = 20;

  private static final Declined LATE =
      new Declined(Reason.UNREACHABLE, "it gave no answer in time");

  private record Answer(int status, String contentType, Bytes body) {}

  private final VerifierKey key;
  private final URI address;
  private final HttpClient client;
  private final Duration within;
  private final ReentrantLock lock = new ReentrantLock();

  /** What the witness cosigned last, as far as known; only a guess, which the witness corrects. */
  private long lastSize;

  /**
   * A witness at an address; connects only when asked something.
   *
   * @param key of type {@link VerifierKey.Type#COSIGNATURE}
   * @param address the prefix of its paths, for submission and monitoring
   * @param within the longest that a request may take, such as {@link #ANSWER_WITHIN}
   * @param trust for https; null for the JDK's
   * @throws IllegalArgumentException when the key or the address is of another kind
   */
  public HttpWitness(VerifierKey key, URI address, Duration within, @Nullable SSLContext trust) {
    if (key.type() != VerifierKey.Type.COSIGNATURE) {
      throw new IllegalArgumentException("the key of a witness must have signature type 4");
    }
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!List.of("http", "https").contains(scheme)
        || address.getHost() == null
        || address.getUserInfo() != null
        || address.getQuery() != null
        || address.getFragment() != null) {
      throw new IllegalArgumentException(
          "the address of a witness is of the form https://HOST[:PORT][/PATH]");
    }
    this.key = key;
    this.address = URI.create(address.toString().replaceFirst("/*$", "/"));
    this.within = within;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN.compareTo(within) < 0 ? CONNECT_WITHIN : within);
    this.client = (trust == null ? builder : builder.sslContext(trust)).build();
  }

  @Override
  public VerifierKey key() {
    return key;
  }

  @Override
  public Submitted submit(SignedNote note, ConsistencySource proofs) {
    long size = Checkpoint.of(note).size();
    lock.lock();
    try {
      long from = Math.min(lastSize, size);
      Answer answer = add(from, note, proofs);
      if (answer.status() == 409) {
        long told = size(answer);
        if (told > size) {
          return new Declined(
              Reason.AHEAD,
              "it has cosigned a log of " + told + " entries, the one submitted has " + size);
        }
        if (told == from) {
          return notTrusted("it refuses the very size that it asks for");
        }
        lastSize = told;
        answer = add(told, note, proofs);
      }
      return judged(answer, note, size);
    } catch (NoAnswer e) {
      return e.declined;
    } finally {
      lock.unlock();
    }
  }

  private Answer add(long from, SignedNote note, ConsistencySource proofs) throws NoAnswer {
    long to = Checkpoint.of(note).size();
    List<Bytes> proof = from == 0 ? List.of() : proofs.consistency(from, to);
    byte[] body = new AddCheckpoint(from, proof, note).bytes();
    return send(
        HttpRequest.newBuilder(address.resolve("add-checkpoint"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private Submitted judged(Answer answer, SignedNote note, long size) throws NoAnswer {
    if (answer.status() != 200) {
      return declined(answer);
    }
    List<NoteSignature> mine = new ArrayList<>();
    for (NoteSignature signature : signatures(answer)) {
      if (key.isNamedBy(signature)) {
        mine.add(signature);
      }
    }
    if (mine.isEmpty()) {
      return notTrusted("its answer has no cosignature of its key");
    }
    for (NoteSignature signature : mine) {
      if (!key.verifies(note.text(), signature) || Cosignature.epochSeconds(signature) == 0) {
        return notTrusted("its cosignature does not verify");
      }
    }
    lastSize = size;
    return new Cosigned(mine.get(0), Cosignature.epochSeconds(mine.get(0)));
  }

  private static List<NoteSignature> signatures(Answer answer) throws NoAnswer {
    String text = new String(answer.body().unsafeArray(), StandardCharsets.UTF_8);
    String[] lines = text.split("\n", SignedNote.MAX_SIGNATURES + 2);
    List<NoteSignature> out = new ArrayList<>();
    try {
      if (!text.endsWith("\n") || lines.length > SignedNote.MAX_SIGNATURES + 1) {
        throw new IllegalArgumentException("too many lines, or the last is not ended");
      }
      for (int i = 0; i < lines.length - 1; i++) {
        out.add(NoteSignature.parse(lines[i]));
      }
      return out;
    } catch (IllegalArgumentException e) {
      throw new NoAnswer(notTrusted("its answer is not made of signature lines"));
    }
  }

  private static Declined declined(Answer answer) {
    int status = answer.status();
    return switch (status) {
      case 403 ->
          new Declined(Reason.NOT_CONFIGURED, "it does not take the signature of this log's key");
      case 404 ->
          new Declined(Reason.NOT_CONFIGURED, "it does not know this log, or its address is wrong");
      case 409 -> new Declined(Reason.UNREACHABLE, "somebody else submitted a checkpoint just now");
      case 422 -> new Declined(Reason.FORK, "it has cosigned another history of this log");
      default ->
          status == 429 || status >= 500
              ? new Declined(Reason.UNREACHABLE, "it cannot answer now: status " + status)
              : notTrusted("it answered with status " + status);
    };
  }

  /** What a conflict says that the witness cosigned last. */
  private static long size(Answer answer) throws NoAnswer {
    String text = new String(answer.body().unsafeArray(), StandardCharsets.US_ASCII);
    boolean wellFormed =
        answer.contentType().split(";", 2)[0].strip().equals(SIZE)
            && text.length() <= MAX_SIZE_BYTES
            && text.matches("(0|[1-9][0-9]*)\n");
    if (!wellFormed) {
      throw new NoAnswer(notTrusted("its conflict tells no size"));
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new NoAnswer(notTrusted("its conflict tells no size"));
    }
  }

  @Override
  public Latest latest(String origin) {
    try {
      Answer answer =
          send(HttpRequest.newBuilder(address.resolve(sha256(origin) + "/checkpoint")).GET());
      if (answer.status() == 404) {
        return new Unseen();
      }
      if (answer.status() != 200) {
        return declined(answer);
      }
      SignedNote note = SignedNote.parse(answer.body().unsafeArray());
      Checkpoint checkpoint = Checkpoint.of(note);
      if (!checkpoint.origin().equals(origin)) {
        return notTrusted("its checkpoint is of another log");
      }
      if (note.verifiedBy(List.of(key)).isEmpty()) {
        return notTrusted("its checkpoint has no cosignature of its key");
      }
      return new Seen(checkpoint, note);
    } catch (NoAnswer e) {
      return e.declined;
    } catch (IllegalArgumentException e) {
      return notTrusted("its checkpoint does not read: " + e.getMessage());
    }
  }

  private Answer send(HttpRequest.Builder request) throws NoAnswer {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request.timeout(within).build(), info -> new CappedBody(MAX_ANSWER_BYTES));
    try {
      // The client's own time-out ends with the headers; a body may trickle for ever.
      HttpResponse<byte[]> response = sent.get(within.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          Bytes.owned(response.body()));
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new NoAnswer(LATE);
    } catch (ExecutionException e) {
      throw new NoAnswer(declined(e.getCause()));
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new NoAnswer(new Declined(Reason.UNREACHABLE, "interrupted before it answered"));
    }
  }

  private static Declined declined(@Nullable Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof CappedBody.TooLong) {
        return notTrusted("its answer is too long");
      }
      if (t instanceof HttpTimeoutException) {
        return LATE;
      }
    }
    return fault instanceof IOException
        ? new Declined(
            Reason.UNREACHABLE, "it cannot be reached: " + fault.getClass().getSimpleName())
        : notTrusted("its answer is not http");
  }

  private static Declined notTrusted(String why) {
    return new Declined(Reason.NOT_TRUSTED, why);
  }

  private static String sha256(String origin) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Bytes.owned(digest.digest(origin.getBytes(StandardCharsets.UTF_8))).hex();
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "the witness " + key.name() + " at " + address;
  }

  /** Ends a call with what is to be told of it. */
  private static final class NoAnswer extends Exception {
    private final transient Declined declined;

    NoAnswer(Declined declined) {
      super(declined.why());
      this.declined = declined;
    }
  }
}

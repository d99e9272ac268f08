package org.strongroom.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the body of an answer up to a length, and hangs up on a longer one. For one answer. */
final class CappedBody implements HttpResponse.BodySubscriber<byte[]> {
  /** There came more than was asked for. */
  static final class TooLong extends IOException {
    TooLong() {
      super("the answer is too long");
    }
  }

  private final int maxBytes;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  CappedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[Math.min(part.remaining(), maxBytes + 1 - taken.size())];
      part.get(bytes);
      taken.writeBytes(bytes);
    }
    if (subscription != null && taken.size() > maxBytes) {
      subscription.cancel();
      body.completeExceptionally(new TooLong());
    } else if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable fault) {
    body.completeExceptionally(fault);
  }

  @Override
  public void onComplete() {
    body.complete(taken.toByteArray());
  }
}

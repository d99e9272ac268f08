package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** A listener without TLS. */
final class PlainListenerTest {
  private static final Route<String> NEEDS_TOKEN =
      Route.get("/secret", "For some", call -> call.answer(200, "text/plain", utf8("secret")));
  private static final Route<String> OPEN =
      Route.<String>get(
              "/open", "For everybody", call -> call.answer(200, "text/plain", utf8("open")))
          .open();

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:0", "[::]:0", "192.0.2.7:0"})
  void plain_beyondLoopback_isRefused(String address) {
    assertThatThrownBy(() -> plain(address, List.of(OPEN)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED_TO_LISTEN))
        .hasMessageContaining("--cert");
  }

  @Test
  void plain_routeThatWantsATokenOrPassword_isRefused() {
    assertThatThrownBy(() -> plain("127.0.0.1:0", List.of(OPEN, NEEDS_TOKEN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plain("127.0.0.1:0", List.of(OPEN, NEEDS_TOKEN.credentials())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void plain_openRoutesOnLoopback_answersAndTellsWhatThereIsNot() throws Exception {
    try (Listener listener = plain("127.0.0.1:0", List.of(OPEN))) {
      listener.start();
      HttpResponse<String> answer = get(listener, "/open");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("open");
      assertThat(get(listener, "/nothing").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(Listener listener, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + listener.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static Listener plain(String address, List<Route<String>> routes) {
    return Listener.plain(
        ListenAddress.parse(address),
        routes,
        token -> new Doorkeeper.Unknown<>(),
        Limits.DEFAULT,
        new SecureRandom());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

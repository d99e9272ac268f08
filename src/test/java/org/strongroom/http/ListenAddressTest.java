package org.strongroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

final class ListenAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8443", "[::1]:8443", "localhost:0", "127.8.8.8:1"})
  void requireAllowed_loopback_needsNothing(String address) {
    ListenAddress loopback = ListenAddress.parse(address);

    assertThat(loopback.isLoopback()).isTrue();
    assertThatCode(() -> loopback.requireAllowed(false, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:8443", "[::]:8443", "192.0.2.7:8443", "[2001:db8::1]:1"})
  void requireAllowed_beyondLoopback_needsCertificateAndAdministrator(String address) {
    ListenAddress open = ListenAddress.parse(address);

    assertThat(open.isLoopback()).isFalse();
    assertThatCode(() -> open.requireAllowed(true, true)).doesNotThrowAnyException();
    assertThat(refusal(open, false, false)).contains("--cert-key", "user add", "127.0.0.1");
    assertThat(refusal(open, true, false)).contains("user add").doesNotContain("--cert");
    assertThat(refusal(open, false, true)).contains("--cert-key").doesNotContain("user add");
  }

  @Test
  void requireAllowed_oneOfSeveralAddressesBeyondLoopback_isRefused() throws Exception {
    ListenAddress mixed = new ListenAddress("both.example", 8443, List.of(ip(127, 1), ip(192, 7)));

    assertThat(refusal(mixed, false, false)).contains("both.example", "192.0.0.7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8443",
        "localhost",
        "localhost:",
        "localhost:-1",
        "localhost:65536",
        "localhost:+1",
        "localhost: 1",
        "::1:8443",
        "[::1]",
        "[localhost]:1",
        "localhost:99999999999"
      })
  void parse_malformed_isBadRequest(String address) {
    VaultException e =
        catchThrowableOfType(VaultException.class, () -> ListenAddress.parse(address));

    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST);
  }

  @Test
  void parse_unknownHost_isRefused() {
    VaultException e =
        catchThrowableOfType(
            VaultException.class, () -> ListenAddress.parse("no-such-host.invalid:8443"));

    assertThat(e.code()).isEqualTo(ErrorCode.REFUSED_TO_LISTEN);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:8443,127.0.0.1,8443", "[::1]:0,::1,0"})
  void parse_wellFormed_isTakenApart(String address, String host, int port) {
    ListenAddress parsed = ListenAddress.parse(address);

    assertThat(parsed.host()).isEqualTo(host);
    assertThat(parsed.port()).isEqualTo(port);
    assertThat(parsed.bindTo().getAddress()).isEqualTo(parsed.resolved().get(0));
  }

  private static String refusal(ListenAddress address, boolean certificate, boolean administrator) {
    VaultException e =
        catchThrowableOfType(
            VaultException.class, () -> address.requireAllowed(certificate, administrator));
    assertThat(e.code()).isEqualTo(ErrorCode.REFUSED_TO_LISTEN);
    return String.valueOf(e.getMessage());
  }

  private static InetAddress ip(int first, int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {(byte) first, 0, 0, (byte) last});
  }
}

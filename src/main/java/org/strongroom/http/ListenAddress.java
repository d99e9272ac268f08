package org.strongroom.http;

import static java.util.stream.Collectors.joining;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Where to listen, resolved once: what was judged is what gets bound.
 *
 * @param host as it was given, without brackets
 * @param port 0 lets the system choose one
 * @param resolved every address that {@code host} stands for; at least one
 */
public record ListenAddress(String host, int port, List<InetAddress> resolved) {
  public ListenAddress {
    resolved = List.copyOf(resolved);
    if (resolved.isEmpty()) {
      throw new IllegalArgumentException("resolved to nothing");
    }
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port out of range");
    }
  }

  /**
   * Parses and resolves {@code HOST:PORT}; an IPv6 address stands in brackets.
   *
   * @throws VaultException {@link ErrorCode#BAD_REQUEST} when it is not of that form, {@link
   *     ErrorCode#REFUSED_TO_LISTEN} when the host cannot be resolved
   */
  public static ListenAddress parse(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String host = hostAndPort.substring(0, Math.max(colon, 0));
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isBlank() || (host.indexOf(':') >= 0) != bracketed) {
      throw malformed();
    }
    int port = port(hostAndPort.substring(colon + 1));
    try {
      return new ListenAddress(host, port, List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException e) {
      throw new VaultException(
          ErrorCode.REFUSED_TO_LISTEN,
          "cannot resolve the host " + host + ": give an address of this machine");
    }
  }

  private static int port(String digits) {
    // Five digits at most, so parseInt cannot overflow; no sign, no space.
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 0xffff) {
      throw malformed();
    }
    return Integer.parseInt(digits);
  }

  private static VaultException malformed() {
    return new VaultException(
        ErrorCode.BAD_REQUEST,
        "an address to listen on is HOST:PORT, such as 127.0.0.1:8443 or [::1]:8443");
  }

  /** Whether nobody outside this machine can reach it: every resolved address is loopback. */
  public boolean isLoopback() {
    return resolved.stream().allMatch(InetAddress::isLoopbackAddress);
  }

  /**
   * Promise 1, "no open door": beyond loopback only with a certificate that others can check and
   * with somebody who answers for the vault.
   *
   * @param certificateGiven whether the operator brought certificate and key
   * @param administratorEnrolled whether the vault has an enrolled administrator
   * @throws VaultException {@link ErrorCode#REFUSED_TO_LISTEN}, saying what to do
   */
  public void requireAllowed(boolean certificateGiven, boolean administratorEnrolled) {
    if (isLoopback() || (certificateGiven && administratorEnrolled)) {
      return;
    }
    String need =
        certificateGiven
            ? "enrol an administrator first (strongroom user add NAME --role administrator)"
            : administratorEnrolled
                ? "give a certificate with --cert and --cert-key"
                : "give a certificate with --cert and --cert-key, and enrol an administrator"
                    + " (strongroom user add NAME --role administrator)";
    String reach = resolved.stream().map(InetAddress::getHostAddress).collect(joining(", "));
    throw new VaultException(
        ErrorCode.REFUSED_TO_LISTEN,
        "%s (%s) can be reached from outside this machine: %s, or listen on 127.0.0.1"
            .formatted(host, reach, need));
  }

  /** The address to bind. */
  InetSocketAddress bindTo() {
    return new InetSocketAddress(resolved.get(0), port);
  }
}

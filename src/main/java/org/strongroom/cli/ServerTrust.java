package org.strongroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Which certificates a server is trusted by. */
final class ServerTrust {
  private ServerTrust() {}

  /**
   * TLS that trusts exactly the certificates in a PEM file; without one, those that Java trusts.
   *
   * @throws VaultException {@code BAD_REQUEST} when the file cannot be read or holds none
   */
  static SSLContext of(Optional<Path> pem) {
    try {
      if (pem.isEmpty()) {
        return SSLContext.getDefault();
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates(pem.get())) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, managers.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new BugException("every Java can trust a certificate", e);
    }
  }

  private static List<Certificate> certificates(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!found.isEmpty()) {
        return List.copyOf(found);
      }
    } catch (IOException e) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "the certificate file " + pem + " (--ca) cannot be read", e);
    } catch (CertificateException e) {
      // Told below.
    }
    throw new VaultException(
        ErrorCode.BAD_REQUEST, "the file " + pem + " (--ca) holds no certificate in PEM");
  }
}

package org.strongroom.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

/**
 * What the listener shows and proves: a certificate chain and its private key. Never written
 * anywhere by this room: whoever keeps it seals {@link #encodedKey()}.
 *
 * @param key the private key of the first certificate
 * @param chain the server's own certificate first; at least one
 */
public record TlsMaterial(PrivateKey key, List<X509Certificate> chain) {
  public TlsMaterial {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  /**
   * Puts together what {@link #encodedKey()} and {@link #certificatePem()} gave.
   *
   * @param encodedKey PKCS #8; stays the caller's to close
   * @throws VaultException {@link ErrorCode#CORRUPT} when either cannot be read
   */
  public static TlsMaterial of(SecretBytes encodedKey, String certificatePem) {
    try {
      List<X509Certificate> chain = new ArrayList<>();
      byte[] pem = certificatePem.getBytes(StandardCharsets.US_ASCII);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        chain.add((X509Certificate) certificate);
      }
      if (chain.isEmpty()) {
        throw new VaultException(ErrorCode.CORRUPT, "the listener's certificate is missing");
      }
      String algorithm = chain.get(0).getPublicKey().getAlgorithm();
      PrivateKey key =
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(encodedKey.open()));
      return new TlsMaterial(key, chain);
    } catch (GeneralSecurityException e) {
      throw new VaultException(
          ErrorCode.CORRUPT, "the listener's certificate or its key cannot be read", e);
    }
  }

  /** The private key as PKCS #8, to be sealed and closed by the caller. */
  public SecretBytes encodedKey() {
    return SecretBytes.owned(key.getEncoded());
  }

  /** The chain as PEM: no secret; what clients are told to trust when it is self-signed. */
  public String certificatePem() {
    StringBuilder pem = new StringBuilder();
    Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    for (X509Certificate certificate : chain) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(base64.encodeToString(encoded(certificate)))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return pem.toString();
  }

  /** SHA-256 of the server's own certificate, lower-case hexadecimal. */
  public String fingerprint() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(encoded(chain.get(0))));
    } catch (GeneralSecurityException e) {
      throw new BugException("every Java has SHA-256", e);
    }
  }

  /** When the first certificate of the chain to do so expires. */
  public Instant expires() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * The same in the form that TLS engines take; lives in memory only. The password protects nothing
   * there, so the kind of store is the one that spends no time on it.
   */
  KeyStore keyStore(String password) {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry(
          "strongroom", key, password.toCharArray(), chain.toArray(new Certificate[0]));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new BugException("a key store in memory cannot fail", e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new BugException("a parsed certificate can be encoded", e);
    }
  }

  @Override
  public String toString() {
    return "TlsMaterial[" + fingerprint() + "]";
  }
}

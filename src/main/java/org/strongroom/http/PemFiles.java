package org.strongroom.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * Reads {@code --cert} and {@code --cert-key}: a PEM chain, the server's own certificate first, and
 * an unencrypted EC or RSA key as PKCS #8, SEC 1 (RFC 5915) or PKCS #1.
 *
 * <p>Not checked: whether the chain leads to an authority, and whether it names this host; clients
 * check both.
 */
public final class PemFiles {
  private static final byte[] CHALLENGE =
      "do these belong together".getBytes(StandardCharsets.US_ASCII);

  private PemFiles() {}

  /**
   * Reads both files and checks that they can serve now.
   *
   * @throws VaultException {@link ErrorCode#REFUSED_TO_LISTEN} when a file cannot be read, the key
   *     is encrypted or is not the certificate's, or a certificate is not valid now
   */
  public static TlsMaterial load(Path certificate, Path key, Clock clock) {
    List<X509Certificate> chain = chain(certificate);
    Date now = Date.from(clock.instant());
    for (X509Certificate link : chain) {
      try {
        link.checkValidity(now);
      } catch (CertificateExpiredException e) {
        throw refused(certificate, "expired on " + link.getNotAfter().toInstant() + ": renew it");
      } catch (CertificateNotYetValidException e) {
        throw refused(
            certificate,
            "is not valid before " + link.getNotBefore().toInstant() + ": check this clock");
      }
    }
    PrivateKey privateKey = key(key);
    if (!belongTogether(privateKey, chain.get(0).getPublicKey())) {
      throw refused(
          key, "is not the key of the first certificate in " + certificate + ": give that key");
    }
    return new TlsMaterial(privateKey, chain);
  }

  private static List<X509Certificate> chain(Path file) {
    List<X509Certificate> chain = new ArrayList<>();
    for (Object object : objects(file)) {
      if (object instanceof X509CertificateHolder holder) {
        try {
          chain.add(new JcaX509CertificateConverter().getCertificate(holder));
        } catch (GeneralSecurityException e) {
          throw refused(file, "holds a certificate that cannot be read");
        }
      }
    }
    if (chain.isEmpty()) {
      throw refused(file, "holds no PEM certificate");
    }
    return chain;
  }

  private static PrivateKey key(Path file) {
    for (Object object : objects(file)) {
      try {
        if (object instanceof PrivateKeyInfo pkcs8) {
          return new JcaPEMKeyConverter().getPrivateKey(pkcs8);
        } else if (object instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        } else if (object instanceof PKCS8EncryptedPrivateKeyInfo
            || object instanceof PEMEncryptedKeyPair) {
          throw refused(file, "is encrypted: give a key without a pass phrase, mode 0600");
        }
      } catch (PEMException e) {
        throw refused(file, "holds a key of a kind that this Java does not know: use EC or RSA");
      }
    }
    throw refused(file, "holds no PEM private key");
  }

  private static List<Object> objects(Path file) {
    List<Object> objects = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        PEMParser parser = new PEMParser(reader)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        objects.add(next);
      }
      return objects;
    } catch (PEMException e) {
      throw refused(file, "is damaged: it holds no readable PEM");
    } catch (IOException e) {
      throw refused(file, "cannot be read: check that it exists, and its permissions");
    }
  }

  /** Signs with one and verifies with the other: right for every kind of key. */
  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(CHALLENGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static VaultException refused(Path file, String why) {
    return new VaultException(ErrorCode.REFUSED_TO_LISTEN, file + " " + why);
  }
}

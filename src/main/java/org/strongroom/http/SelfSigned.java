package org.strongroom.http;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.strongroom.kernel.BugException;

/** Makes the certificate for a listener that only this machine can reach. */
public final class SelfSigned {
  /** From a day before now, for clocks that differ; 825 days is the most that Apple accepts. */
  static final Duration VALID_FOR = Duration.ofDays(825);

  private static final Duration BACKDATED = Duration.ofDays(1);

  private SelfSigned() {}

  /**
   * A fresh ECDSA P-256 key and its certificate for {@code localhost}, {@code 127.0.0.1} and {@code
   * ::1}. It is no authority: whoever trusts it trusts these three names and nothing else.
   */
  public static TlsMaterial make(Clock clock, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      Instant from = clock.instant().minus(BACKDATED);
      X500Principal self = new X500Principal("CN=Strongroom on this machine");
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              self,
              new BigInteger(127, random).setBit(126),
              Date.from(from),
              Date.from(from.plus(VALID_FOR)),
              self,
              pair.getPublic());
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
          .addExtension(Extension.subjectAlternativeName, false, loopbackNames());
      return new TlsMaterial(
          pair.getPrivate(),
          List.of(
              new JcaX509CertificateConverter()
                  .getCertificate(
                      builder.build(
                          new JcaContentSignerBuilder("SHA256withECDSA")
                              .setSecureRandom(random)
                              .build(pair.getPrivate())))));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new BugException("every Java can make a P-256 certificate", e);
    }
  }

  private static GeneralNames loopbackNames() {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.iPAddress, "::1"),
        });
  }
}

package org.strongroom.keys;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;

/** Custody in this process: the key-encryption key stays in its memory as long as it runs. */
public final class LocalCustody implements Custody {
  private final Aead kek;
  private final Id vault;

  public LocalCustody(Aead kek, Id vault) {
    this.kek = kek;
    this.vault = vault;
  }

  @Override
  public byte[] wrap(Id subject, SecretBytes dataKey) {
    try {
      return kek.encrypt(dataKey.open(), binding(subject));
    } catch (GeneralSecurityException e) {
      throw new BugException("wrapping a data key failed", e);
    }
  }

  @Override
  public SecretBytes unwrap(Id subject, byte[] wrapped) {
    try {
      return SecretBytes.owned(kek.decrypt(wrapped, binding(subject)));
    } catch (GeneralSecurityException e) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the data key of subject "
              + subject
              + " does not unwrap: altered, moved, or under a"
              + " key that the key file does not hold",
          e);
    }
  }

  private byte[] binding(Id subject) {
    byte[] out = new byte[2 * Id.BYTES];
    vault.write(out, 0);
    subject.write(out, Id.BYTES);
    return out;
  }
}

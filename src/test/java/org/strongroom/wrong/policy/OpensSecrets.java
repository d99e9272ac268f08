package org.strongroom.wrong.policy;

import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.strongroom.kernel.SecretBytes;

/** Wrong: opens a secret. */
@NullMarked
public final class OpensSecrets {
  private OpensSecrets() {}

  public static byte[] opened(SecretBytes secret) {
    return secret.open();
  }

  /** By reference, which is no less an opening. */
  public static Function<SecretBytes, byte[]> opener() {
    return SecretBytes::open;
  }
}

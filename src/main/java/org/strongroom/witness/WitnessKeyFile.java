package org.strongroom.witness;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.SecretFile;
import org.strongroom.translog.SigningKey;
import org.strongroom.translog.VerifierKey;

/** The file with a witness's private key: one line, for its owner alone. */
public final class WitnessKeyFile {
  private WitnessKeyFile() {}

  /**
   * Makes a key and writes it to {@code file}, mode 0600, synced.
   *
   * @param name of the witness, best an address without a scheme; no white space and no plus
   * @throws VaultException {@code BAD_REQUEST} for another name; {@code KEY_FILE} when the file
   *     exists (a key is never overwritten) or cannot be written
   */
  public static SigningKey create(Path file, String name, SecureRandom random) {
    SigningKey key = generate(name, random);
    SecretFile.create(file, key.secretText() + "\n");
    return key;
  }

  private static SigningKey generate(String name, SecureRandom random) {
    try {
      return SigningKey.generate(name, VerifierKey.Type.COSIGNATURE, random);
    } catch (IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a witness's name has no white space and no plus", e);
    }
  }

  /**
   * Reads the key.
   *
   * @throws VaultException {@code KEY_FILE} when it is missing, damaged, of another kind, or open
   *     to others
   */
  public static SigningKey open(Path file) {
    try {
      String line =
          SecretFile.read(file, "make one with: strongroom witness key --name NAME --key " + file);
      SigningKey key = SigningKey.parse(line.stripTrailing());
      if (key.verifier().type() != VerifierKey.Type.COSIGNATURE) {
        throw new VaultException(
            ErrorCode.KEY_FILE,
            "the key file " + file + " holds the key of a log, which must not be a witness's too");
      }
      return key;
    } catch (IOException | IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.KEY_FILE, "the key file " + file + " cannot be read as a witness's key", e);
    }
  }
}

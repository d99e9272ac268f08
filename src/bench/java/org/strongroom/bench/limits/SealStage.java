package org.strongroom.bench.limits;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.keys.Custody;
import org.strongroom.keys.KeyFile;
import org.strongroom.keys.LocalCustody;

/** Sealing alone: for each record a data key made and wrapped, and 160 bytes sealed under it. */
final class SealStage implements Limits.Stage {
  private static final int PLAINTEXT_BYTES = 160;
  private static final int ASSOCIATED_BYTES = 47;

  private final Path keyFile;
  private final Custody custody;
  private final Randomness random;
  private final Sealer sealer;

  SealStage(Path folder) throws GeneralSecurityException, IOException {
    keyFile = folder.resolve("limit.key");
    Files.deleteIfExists(keyFile);
    Aead kek = KeyFile.create(keyFile).getAead(KeyFile.URI);
    random = new Randomness(new SecureRandom());
    custody = new LocalCustody(kek, random.id());
    sealer = new Sealer(random);
  }

  @Override
  public void run(int thread, int records) {
    byte[] plaintext = random.bytes(PLAINTEXT_BYTES);
    byte[] associated = new byte[ASSOCIATED_BYTES];
    long total = 0;
    for (int i = 0; i < records; i++) {
      Id subject = random.id();
      try (SecretBytes key = SecretBytes.owned(random.bytes(Sealer.KEY_BYTES))) {
        total += custody.wrap(subject, key).length;
        subject.write(associated, 0);
        total += sealer.seal(key, associated, plaintext).length;
      }
    }
    if (total < (long) records * PLAINTEXT_BYTES) {
      throw new IllegalStateException("sealed less than it was given");
    }
  }

  @Override
  public void close() throws IOException {
    Files.delete(keyFile);
  }
}

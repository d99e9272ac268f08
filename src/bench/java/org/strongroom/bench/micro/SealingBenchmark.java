package org.strongroom.bench.micro;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.strongroom.crypto.Randomness;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.keys.Custody;
import org.strongroom.keys.KeyFile;
import org.strongroom.keys.LocalCustody;

/** Sealing and opening 512 bytes, and the data key beside them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealingBenchmark {
  private static final int PLAINTEXT_BYTES = 512;

  private final Randomness random = new Randomness(new SecureRandom());
  private final Sealer sealer = new Sealer(random);
  private final Id subject = random.id();
  private final byte[] associated = random.bytes(47);
  private final byte[] plaintext = random.bytes(PLAINTEXT_BYTES);
  private final SecretBytes key = SecretBytes.owned(random.bytes(Sealer.KEY_BYTES));
  private final byte[] ciphertext = sealer.seal(key, associated, plaintext);
  private final Custody custody = custody(random.id());
  private final byte[] wrapped = custody.wrap(subject, key);

  private static Custody custody(Id vault) {
    try {
      Path folder = Files.createTempDirectory("sealing");
      Path keyFile = folder.resolve("key");
      Aead kek = KeyFile.create(keyFile).getAead(KeyFile.URI);
      Files.delete(keyFile);
      Files.delete(folder);
      return new LocalCustody(kek, vault);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  public byte[] seal() {
    return sealer.seal(key, associated, plaintext);
  }

  /** As an import does it: a key for each subject. */
  @Benchmark
  public byte[] makeKeyWrapAndSeal() {
    try (SecretBytes fresh = SecretBytes.owned(random.bytes(Sealer.KEY_BYTES))) {
      byte[] both = custody.wrap(subject, fresh);
      both[0] = sealer.seal(fresh, associated, plaintext)[0];
      return both;
    }
  }

  @Benchmark
  public byte[] open() {
    return sealer.open(key, associated, ciphertext);
  }

  /** As a find does it. */
  @Benchmark
  public byte[] unwrapAndOpen() {
    try (SecretBytes unwrapped = custody.unwrap(subject, wrapped)) {
      return sealer.open(unwrapped, associated, ciphertext);
    }
  }
}

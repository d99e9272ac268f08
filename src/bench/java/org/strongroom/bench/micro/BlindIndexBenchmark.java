package org.strongroom.bench.micro;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.SecretBytes;

/** The blind value of one ID number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlindIndexBenchmark {
  private final Randomness random = new Randomness(new SecureRandom());
  private final BlindIndex index = new BlindIndex(SecretBytes.owned(random.bytes(32)));
  private final byte[] normalised = random.bytes(22);

  @Benchmark
  public byte[] blind() {
    return index.blind(normalised);
  }
}

package org.strongroom.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;

/** Appending a sealed entry of 250 bytes to the audit log's tree, the hash of its leaf included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MerkleBenchmark {
  private final Frontier tree = new Frontier();
  private final byte[] entry = new byte[250];

  @Benchmark
  public void append(Blackhole sink) {
    tree.append(Hashes.leaf(entry), (level, number, tile) -> sink.consume(tile));
  }

  /** The root over a tree that has grown while {@link #append} was measured, or of one leaf. */
  @Benchmark
  public Object root() {
    if (tree.size() == 0) {
      tree.append(Hashes.leaf(entry), (level, number, tile) -> {});
    }
    return tree.root();
  }
}

package org.strongroom.bench.micro;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.strongroom.policy.Ask;
import org.strongroom.policy.Granted;
import org.strongroom.policy.Policy;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;

/** Deciding on a clerk's find under the ready-made policy, with the view of every field. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {
  private final Policy policy = Policy.parse("policy.yaml", Policy.builtInYaml());
  private final CollectionSpec spec =
      CollectionSpec.parse(
          "residents.yaml", CollectionSpec.builtInYaml("residents"), Map.of(), Clock.systemUTC());
  private final Ask ask =
      new Ask(
          Set.of("clerk"), "identity-check", "residents", Optional.of("resident_id"), false, false);

  @Benchmark
  public void decide(Blackhole sink) {
    Granted granted = (Granted) policy.decide(ask);
    for (Field field : spec.fields()) {
      sink.consume(granted.viewOf(field.name(), field.sensitivity().text()));
    }
  }
}

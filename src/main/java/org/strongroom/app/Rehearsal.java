package org.strongroom.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.strongroom.cli.Host;
import org.strongroom.cli.Strongroom;
import org.strongroom.store.rocksdb.RocksLibrary;

/**
 * Goes through what most starts of the program do, so that the JVM that runs it can keep what it
 * loaded for later ones: a vault of synthetic residents is made, served and asked. Run by the
 * launcher, once for each build and JDK, in a folder that is thrown away afterwards.
 */
public final class Rehearsal {
  private static final long RESIDENTS = 1000;
  private static final int FINDS = 3;

  private Rehearsal() {}

  /**
   * Runs it.
   *
   * @param arguments the folder for the store's native library, which stays; an empty folder for
   *     the vault
   */
  public static void main(String[] arguments) {
    RocksLibrary.unpack(Path.of(arguments[0]));
    Path directory = Path.of(arguments[1], "vault");
    Host host = new LocalHost(Clock.systemUTC(), new SecureRandom());
    Host.Demo demo = host.demo(directory, RESIDENTS, (bytes, records) -> {});
    Map<String, String> clerk = Map.of("STRONGROOM_TOKEN", demo.tokens().get("clerk"));
    int failed = find(host, clerk, directory.toString(), demo.example());
    Host.ServeOptions options =
        new Host.ServeOptions(
            directory, demo.keyFile(), "127.0.0.1:0", Optional.empty(), Optional.empty(), false);
    try (Host.Serving serving = host.serve(options)) {
      String authority = serving.certificate().orElseThrow().toString();
      for (int i = 0; i < FINDS; i++) {
        failed += find(host, clerk, serving.address(), demo.example(), "--ca", authority);
      }
    }
    System.exit(failed == 0 ? 0 : 1);
  }

  private static int find(
      Host host, Map<String, String> clerk, String vault, Host.Example whom, String... more) {
    List<String> line = new ArrayList<>(List.of("find", "--vault", vault));
    line.addAll(List.of("--collection", "residents", "--purpose", "identity-check"));
    line.addAll(List.of("--where", "resident_id=" + whom.residentId()));
    line.addAll(List.of(more));
    return Strongroom.run(host, clerk, line.toArray(new String[0]));
  }
}

package org.strongroom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.strongroom.kernel.Bytes;
import org.strongroom.leak.lookup.Leak;
import org.strongroom.leak.lookup.LeakDraft;
import org.strongroom.leak.lookup.LookupKind;
import org.strongroom.leak.lookup.LookupPort;
import org.strongroom.leak.lookup.Registrar;

/** The leaks of a running server. */
record RemoteLookups(ServerCalls server) implements LookupPort, LeakRegister {
  private static final String LEAKS = "/v1/leaks";

  private record Listed(List<Leak> leaks) {}

  private record Evaluated(List<String> evaluated) {}

  @Override
  public List<Leak> leaks() {
    return server.get(LEAKS, Listed.class).leaks();
  }

  @Override
  public String range(LookupKind kind, String prefix) {
    byte[] lines = server.get(LEAKS + "/ranges/" + kind.text() + "/" + prefix);
    return new String(lines, StandardCharsets.US_ASCII);
  }

  @Override
  public List<Bytes> evaluate(List<Bytes> blinded) {
    List<String> elements = blinded.stream().map(Bytes::hex).toList();
    try {
      return server
          .post(LEAKS + "/evaluations", Map.of("blinded", elements), Evaluated.class)
          .evaluated()
          .stream()
          .map(Bytes::ofHex)
          .toList();
    } catch (IllegalArgumentException e) {
      throw ServerAnswers.stranger(server.server());
    }
  }

  @Override
  public Leak register(Path sample, LeakDraft draft, Registrar.Progress progress)
      throws IOException {
    String path =
        LEAKS
            + "?name="
            + ServerCalls.encoded(draft.name())
            + "&date="
            + draft.date()
            + "&note="
            + ServerCalls.encoded(draft.note());
    return server.postFile(path, sample, Leak.class);
  }

  @Override
  public Leak withdraw(int number) {
    return server.post(LEAKS + "/" + number + "/withdraw", Leak.class);
  }

  @Override
  public List<Leak> all() {
    return leaks();
  }
}

package org.strongroom.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.strongroom.http.Call;
import org.strongroom.http.Doorkeeper;
import org.strongroom.http.Route;
import org.strongroom.translog.AddCheckpoint;

/**
 * A witness over http, as C2SP tlog-witness has it. Both routes are open: what a request may do
 * follows from the signature on its checkpoint.
 */
public final class WitnessRoutes {
  private static final String NOTE = "text/plain; charset=utf-8";
  private static final String SIZE = "text/x.tlog.size";

  /** Of any content type, since the specification names none. */
  private static final Route.Body BODY = new Route.Body(Set.of(), AddCheckpoint.MAX_BYTES);

  private final Witness witness;

  public WitnessRoutes(Witness witness) {
    this.witness = witness;
  }

  /** All routes. */
  public List<Route<String>> routes() {
    return List.of(
        Route.post("/add-checkpoint", "Cosigns a checkpoint", BODY, this::add).open(),
        Route.get("/{origin}/checkpoint", "The newest cosigned checkpoint", this::newest).open());
  }

  /** Knows nobody, since nobody need be known. */
  public static Doorkeeper<String> doorkeeper() {
    return token -> new Doorkeeper.Unknown<>();
  }

  private void add(Call<String> call) throws IOException {
    Witness.Answer answer = witness.add(call.body().readAllBytes());
    if (answer instanceof Witness.Cosigned yes) {
      call.answer(200, NOTE, utf8(yes.signature().line() + "\n"));
    } else if (answer instanceof Witness.Conflict conflict) {
      call.answer(409, SIZE, utf8(conflict.size() + "\n"));
    } else if (answer instanceof Witness.Refused no) {
      String code = no.reason().name().toLowerCase(Locale.ROOT);
      call.refuse(no.reason().status(), code, no.why(), Map.of());
    }
  }

  private void newest(Call<String> call) {
    witness
        .newest(call.path("origin"))
        .ifPresentOrElse(
            note -> call.answer(200, NOTE, note.bytes()),
            () ->
                call.refuse(
                    404, "not_found", "this witness has cosigned no checkpoint of it", Map.of()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package org.strongroom.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.audit.Fault;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Verification;
import org.strongroom.vault.Verifier;

/** The whole vault, held against its log. */
final class VerifyRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(VerifyRoutes.class);

  private static final long MAX_BODY_BYTES = 2 << 20;
  private static final int MAX_CHECKPOINTS = 100;

  private final Verifier verifier;

  VerifyRoutes(Verifier verifier) {
    this.verifier = verifier;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.post("/v1/verify", "Verify the vault", Body.json(MAX_BODY_BYTES), this::run));
  }

  /**
   * What to verify against, beside what the vault has.
   *
   * @param checkpoints signed notes that were kept elsewhere
   */
  record Asked(@Nullable List<String> checkpoints) {}

  /** How far a run is. */
  private record At(double share, long entries, long versions) {}

  /** Why a run broke. */
  private record Broken(String code, String detail) {}

  private void run(Call<Actor> call) throws IOException {
    List<SavedNote> saved = saved(call.json(Asked.class));
    try (Verifier.Run run = verifier.begin(call.actor(), saved);
        LineAnswer answer = new LineAnswer(call.stream("application/x-ndjson"), new At(0, 0, 0))) {
      answer.start();
      try {
        answer.end("summary", run.run(new Telling(answer)));
      } catch (VaultException e) {
        LOG.warn("verifying broke: {} in request {}", e.code().code(), call.requestId());
        answer.end("error", new Broken(e.code().code(), String.valueOf(e.getMessage())));
      }
    }
  }

  private static List<SavedNote> saved(Asked asked) {
    List<SavedNote> out = new ArrayList<>();
    if (asked.checkpoints() != null) {
      for (String note : asked.checkpoints()) {
        Bytes bytes = Bytes.owned(note.getBytes(StandardCharsets.UTF_8));
        out.add(new SavedNote("checkpoint " + (out.size() + 1), bytes));
      }
    }
    if (out.size() > MAX_CHECKPOINTS) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "at most " + MAX_CHECKPOINTS + " checkpoints at a time");
    }
    return out;
  }

  /** Tells the client. */
  private record Telling(LineAnswer answer) implements Verification.Listener {
    @Override
    public void accept(Fault fault) {
      try {
        answer.add("fault", fault);
      } catch (IOException e) {
        // A client that is gone does not end the run, whose entry in the log is owed all the same.
        return;
      }
    }

    @Override
    public void at(double share, long entries, long versions) {
      answer.progress(new At(share, entries, versions));
    }
  }
}

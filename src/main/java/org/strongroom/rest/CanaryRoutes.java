package org.strongroom.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.canary.CanaryBook;

/** Made-up residents by which a leak is told, for those who plant them. */
final class CanaryRoutes {
  private static final String CANARIES = "/v1/leak-canaries";

  private final CanaryBook canaries;

  CanaryRoutes(CanaryBook canaries) {
    this.canaries = canaries;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.get(CANARIES, "List canaries", this::list),
        Route.post(CANARIES, "Plant canaries", Body.json(), this::plant));
  }

  private void list(Call<Actor> call) {
    call.answer(canaries.list(call.actor()));
  }

  /**
   * What to plant.
   *
   * @param recipient to whom alone the made-up records are handed; null for ones that lie in wait
   */
  record NewCanaries(@Nullable Integer count, @JsonProperty("for") @Nullable String recipient) {}

  private void plant(Call<Actor> call) {
    NewCanaries asked = call.json(NewCanaries.class);
    if (asked.count() == null) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "say how many: the body lacks count");
    }
    call.answer(
        201, canaries.plant(call.actor(), asked.count(), Optional.ofNullable(asked.recipient())));
  }
}

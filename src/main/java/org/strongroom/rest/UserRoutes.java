package org.strongroom.rest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.Users;

/** Accounts and their tokens, for those who manage users. */
final class UserRoutes {
  private static final String USER = "/v1/users/{name}";

  private final Users users;

  UserRoutes(Users users) {
    this.users = users;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.get("/v1/users", "List the users", this::list),
        Route.post("/v1/users", "Add a user", Body.json(), this::add),
        Route.post(USER + "/tokens", "Issue an API token", Body.json(), this::token),
        Route.post(USER + "/password", "Set a password", Body.json(), this::password),
        Route.put(USER + "/agency", "Set the agency of a user", Body.json(), this::agency),
        Route.post(USER + "/disable", "Shut a user out", Body.NONE, c -> disabled(c, true)),
        Route.post(USER + "/enable", "Let a user in again", Body.NONE, c -> disabled(c, false)),
        Route.post("/v1/enrolment-code", "Make an enrolment code", Body.NONE, this::enrolmentCode));
  }

  private record Listed(List<Users.Shown> users) {}

  private void list(Call<Actor> call) {
    call.answer(new Listed(users.list(call.actor())));
  }

  /**
   * A new account.
   *
   * @param client an application, rather than a person; null for no
   * @param agency for which it works; null where none is known
   * @param token whether to issue an API token at once; null for no
   */
  record NewUser(
      @Nullable String name,
      @Nullable Set<String> roles,
      @Nullable Boolean client,
      @Nullable String agency,
      @Nullable Boolean token) {}

  private void add(Call<Actor> call) {
    NewUser user = call.json(NewUser.class);
    if (user.name() == null || user.roles() == null) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "a user has a name and roles");
    }
    Actor.Kind kind = isTrue(user.client()) ? Actor.Kind.CLIENT : Actor.Kind.USER;
    Optional<String> agency = Optional.ofNullable(user.agency());
    call.answer(
        201,
        users.add(call.actor(), user.name(), user.roles(), kind, agency, isTrue(user.token())));
  }

  private static boolean isTrue(@Nullable Boolean flag) {
    return flag != null && flag;
  }

  /**
   * A further token.
   *
   * @param days it is valid; null until it is revoked
   * @param label what it is for; null for {@code api}
   */
  record NewToken(@Nullable Integer days, @Nullable String label) {}

  private void token(Call<Actor> call) {
    NewToken token = call.json(NewToken.class);
    call.answer(
        201,
        users.token(
            call.actor(),
            call.path("name"),
            Optional.ofNullable(token.days()).map(Duration::ofDays),
            token.label() == null ? "api" : token.label()));
  }

  /** A new password. */
  record NewPassword(@Nullable Secret password) {}

  private void password(Call<Actor> call) {
    @Nullable Secret password = call.json(NewPassword.class).password();
    if (password == null) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "the body lacks the password");
    }
    try (password) {
      Receipts.tell(call, users.password(call.actor(), call.path("name"), password.open()));
    }
    call.answerNothing();
  }

  /**
   * For whom an account works.
   *
   * @param agency null where none is known
   */
  record NewAgency(@Nullable String agency) {}

  private void agency(Call<Actor> call) {
    Optional<String> agency = Optional.ofNullable(call.json(NewAgency.class).agency());
    call.answer(users.agency(call.actor(), call.path("name"), agency));
  }

  private void disabled(Call<Actor> call, boolean disabled) {
    call.answer(users.disabled(call.actor(), call.path("name"), disabled));
  }

  private void enrolmentCode(Call<Actor> call) {
    call.answer(users.enrolmentCode(call.actor()));
  }
}

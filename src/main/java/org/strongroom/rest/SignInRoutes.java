package org.strongroom.rest;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.identity.IssuedToken;
import org.strongroom.identity.Refused;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.Users;

/**
 * The two ways in for those who have no token yet: a one-time code, and a password. Whatever is
 * wrong, the answer is one and the same 401.
 */
final class SignInRoutes {
  private static final long MAX_BODY_BYTES = 8 << 10;

  private final Users users;

  SignInRoutes(Users users) {
    this.users = users;
  }

  List<Route<Actor>> routes() {
    Body body = Body.json(MAX_BODY_BYTES);
    return List.of(
        Route.<Actor>post("/v1/enrolment", "Become the administrator", body, this::enrol)
            .credentials(),
        Route.<Actor>post("/v1/sessions", "Sign in by password", body, this::signIn).credentials());
  }

  /** Code, name and password of a new administrator. */
  record Enrolment(@Nullable String code, @Nullable String name, @Nullable Secret password) {
    @Override
    public String toString() {
      return "Enrolment[redacted]";
    }
  }

  private record Enrolled(String name, Set<String> roles, Receipt receipt) {}

  private void enrol(Call<Actor> call) {
    Enrolment enrolment = call.json(Enrolment.class);
    if (enrolment.code() == null || enrolment.name() == null || enrolment.password() == null) {
      throw notAuthenticated();
    }
    try (Secret password = enrolment.password()) {
      Users.Enrolled made = users.enrol(enrolment.code(), enrolment.name(), password.open());
      Actor actor = made.actor();
      call.answer(201, new Enrolled(actor.name(), new TreeSet<>(actor.roles()), made.receipt()));
    }
  }

  /** Name and password of a user. */
  record Credentials(@Nullable String name, @Nullable Secret password) {}

  private record NewSession(String token, @Nullable Instant expires) {}

  private void signIn(Call<Actor> call) {
    Credentials credentials = call.json(Credentials.class);
    if (credentials.name() == null || credentials.password() == null) {
      throw notAuthenticated();
    }
    try (Secret password = credentials.password()) {
      Users.Session session = users.signIn(credentials.name(), password.open());
      @Nullable IssuedToken token = session.token();
      if (token != null) {
        call.answer(201, new NewSession(token.reveal(), token.expires()));
      } else if (session.answer() instanceof Refused refused && refused.retryAfter().isPresent()) {
        call.lockedOut(refused.retryAfter().get());
      } else {
        throw notAuthenticated();
      }
    }
  }

  /** The listener replaces the words by its own, which are the same for every such failure. */
  private static VaultException notAuthenticated() {
    return new VaultException(ErrorCode.NOT_AUTHENTICATED, "the credentials are not right");
  }
}

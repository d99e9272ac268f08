package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;

class TokenSignInTest {
  private final World world = new World();

  @Test
  void byToken_valid_signsInWithRoles() {
    world.identity.addUser("portal", Set.of("clerk"), Actor.Kind.CLIENT);
    String token = world.token("portal");
    for (int i = 0; i < 3; i++) {
      assertThat(world.identity.byToken(token))
          .isInstanceOfSatisfying(
              SignedIn.class,
              in -> {
                assertThat(in.actor().name()).isEqualTo("portal");
                assertThat(in.actor().roles()).containsExactly("clerk");
                assertThat(in.actor().kind()).isEqualTo(Actor.Kind.CLIENT);
              });
    }
  }

  @Test
  void byToken_afterARestart_isStillValidForTheSameActor() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    assertThat(world.restarted().byToken(token)).isEqualTo(world.identity.byToken(token));
    assertThat(world.restarted().byToken(token)).isInstanceOf(SignedIn.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "srm_",
        "Bearer x",
        "srm_00000000000000000000000000000000000000000000000000000000000000",
        "srm_0000000000000000000000000000000000000000000000000000000000é0"
      })
  void byToken_malformed_isRefusedWithoutALookUp(String token) {
    int before = world.accounts.reads();
    assertThat(world.identity.byToken(token)).isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(world.accounts.reads()).isEqualTo(before);
  }

  @Test
  void byToken_wellFormedButUnknown_isRefused() {
    String token = new String(TokenText.fresh(new SecureRandom()), StandardCharsets.US_ASCII);
    assertThat(world.identity.byToken(token)).isEqualTo(Refused.NOT_AUTHENTICATED);
  }

  @Test
  void byToken_knownIdWithAnotherSecret_isRefused() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    String forged = forge(token);
    assertThat(world.identity.byToken(forged)).isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(world.identity.byToken(token)).isInstanceOf(SignedIn.class);
    assertThat(world.identity.byToken(forged)).isEqualTo(Refused.NOT_AUTHENTICATED);
  }

  @Test
  void byToken_expired_isRefusedEvenWhenRemembered() {
    world.addUser("li", "clerk");
    String token =
        world.identity.issueToken("li", Optional.of(Duration.ofHours(1)), "brief").reveal();
    world.clock.advance(Duration.ofMinutes(59));
    assertThat(world.identity.byToken(token)).isInstanceOf(SignedIn.class);
    world.clock.advance(Duration.ofMinutes(1));
    assertThat(world.identity.byToken(token)).isEqualTo(Refused.NOT_AUTHENTICATED);
  }

  @Test
  void byToken_accountDisabled_isRefusedAtOnceAndEnabledAgainAccepted() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    assertThat(world.identity.byToken(token)).isInstanceOf(SignedIn.class);
    world.identity.disable("li");
    assertThat(world.identity.byToken(token)).isEqualTo(Refused.NOT_AUTHENTICATED);
    world.identity.enable("li");
    assertThat(world.identity.byToken(token)).isInstanceOf(SignedIn.class);
  }

  @Test
  void byToken_rolesChanged_hasTheNewOnesAtOnce() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    assertThat(roles(token)).containsExactly("clerk");
    world.identity.setRoles("li", Set.of("auditor"));
    assertThat(roles(token)).containsExactly("auditor");
  }

  @Test
  void byToken_revoked_isRefusedAtOnceAndTheOthersStay() {
    world.addUser("li", "clerk");
    IssuedToken gone = world.identity.issueToken("li", Optional.empty(), "gone");
    String kept = world.token("li");
    assertThat(world.identity.byToken(gone.reveal())).isInstanceOf(SignedIn.class);
    world.identity.revokeToken("li", gone.id());
    assertThat(world.identity.byToken(gone.reveal())).isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(world.identity.byToken(kept)).isInstanceOf(SignedIn.class);
    assertThat(world.accounts.keys()).doesNotContain("token/" + gone.id());
  }

  @Test
  void byToken_again_needsNoLookUpUntilSomethingChanges() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    world.identity.byToken(token);
    int before = world.accounts.reads();
    for (int i = 0; i < 100; i++) {
      world.identity.byToken(token);
    }
    assertThat(world.accounts.reads()).isEqualTo(before);
    world.addUser("wang", "clerk");
    int changed = world.accounts.reads();
    world.identity.byToken(token);
    assertThat(world.accounts.reads()).isGreaterThan(changed);
  }

  @Test
  void byToken_accountChangedWhileItWasRead_isNotRememberedAsItWas() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    world.accounts.afterNextReadOf("user/li", () -> world.identity.disable("li"));
    world.identity.byToken(token);
    assertThat(world.identity.byToken(token)).isEqualTo(Refused.NOT_AUTHENTICATED);
  }

  @Test
  void byToken_moreTokensThanAreRemembered_memoryStaysBounded() {
    UserBook users = new UserBook(world.accounts);
    TokenSignIn signIn = new TokenSignIn(users, world.clock);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i <= TokenSignIn.MOST_REMEMBERED / Identity.MOST_TOKENS; i++) {
      world.identity.addUser("app" + i, Set.of("clerk"), Actor.Kind.CLIENT);
      for (int j = 0; j < Identity.MOST_TOKENS; j++) {
        tokens.add(world.token("app" + i));
      }
    }
    assertThat(tokens).hasSizeGreaterThan(TokenSignIn.MOST_REMEMBERED);
    for (String token : tokens) {
      assertThat(signIn.signIn(token)).isInstanceOf(SignedIn.class);
      assertThat(signIn.remembered()).isLessThanOrEqualTo(TokenSignIn.MOST_REMEMBERED);
    }
  }

  @Test
  void issueToken_textIsShownOnceAndNeverKeptOrPrinted() {
    world.addUser("li", "clerk");
    IssuedToken issued = world.identity.issueToken("li", Optional.empty(), "nightly");
    String text = issued.reveal();
    assertThat(text).startsWith("srm_" + issued.id());
    assertThat(issued.toString()).doesNotContain(text.substring(15)).contains("[redacted]");
    assertThat(world.accounts.dump()).contains(issued.id()).doesNotContain(text.substring(15, 58));
  }

  @Test
  void issueToken_unknownOrDisabledUser_isRefused() {
    assertCode(ErrorCode.NOT_FOUND, () -> world.token("nobody"));
    assertCode(ErrorCode.NOT_FOUND, () -> world.token("Not A Name"));
    world.addUser("li", "clerk");
    world.identity.disable("li");
    assertCode(ErrorCode.CONFLICT, () -> world.token("li"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P4000D"})
  void issueToken_validityOutOfBounds_isRefused(Duration validFor) {
    world.addUser("li", "clerk");
    assertCode(
        ErrorCode.INVALID_VALUE,
        () -> world.identity.issueToken("li", Optional.of(validFor), "label"));
  }

  @Test
  void issueToken_tooMany_isRefusedUntilSomeExpire() {
    world.addUser("li", "clerk");
    for (int i = 0; i < Identity.MOST_TOKENS; i++) {
      world.identity.issueToken("li", Optional.of(Duration.ofDays(1)), "t" + i);
    }
    assertCode(ErrorCode.CONFLICT, () -> world.token("li"));
    world.clock.advance(Duration.ofDays(1));
    assertThat(world.identity.byToken(world.token("li"))).isInstanceOf(SignedIn.class);
    assertThat(world.accounts.keys()).filteredOn(key -> key.startsWith("token/")).hasSize(1);
  }

  @Test
  void session_lastsEightHours() {
    String token = signInAndStartSession("li");
    world.clock.advance(Duration.ofHours(8).minusSeconds(1));
    assertThat(world.identity.byToken(token)).isInstanceOf(SignedIn.class);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(world.identity.byToken(token)).isEqualTo(Refused.NOT_AUTHENTICATED);
  }

  @Test
  void session_moreThanAllowed_endsTheOldest() {
    List<String> sessions = new ArrayList<>();
    sessions.add(signInAndStartSession("li"));
    Actor actor = actor(sessions.get(0));
    for (int i = 0; i < Identity.MOST_SESSIONS; i++) {
      sessions.add(world.identity.session(actor).reveal());
    }
    assertThat(world.identity.byToken(sessions.get(0))).isEqualTo(Refused.NOT_AUTHENTICATED);
    for (String session : sessions.subList(1, sessions.size())) {
      assertThat(world.identity.byToken(session)).isInstanceOf(SignedIn.class);
    }
  }

  @Test
  void session_passwordChangedOrAccountDisabled_ends() {
    String first = signInAndStartSession("li");
    String api = world.token("li");
    Actor actor = actor(first);
    world.identity.setPassword("li", "another good password".toCharArray());
    assertThat(world.identity.byToken(first)).isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(world.identity.byToken(api)).isInstanceOf(SignedIn.class);

    String second = world.identity.session(actor).reveal();
    world.identity.disable("li");
    world.identity.enable("li");
    assertThat(world.identity.byToken(second)).isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(world.identity.byToken(api)).isInstanceOf(SignedIn.class);
  }

  @Test
  void session_forWhoeverCannotSignInByPassword_isRefused() {
    String session = signInAndStartSession("li");
    Actor actor = actor(session);
    world.identity.disable("li");
    assertCode(ErrorCode.NOT_AUTHENTICATED, () -> world.identity.session(actor));

    world.identity.addUser("portal", Set.of("clerk"), Actor.Kind.CLIENT);
    Actor client = actor(world.token("portal"));
    assertCode(ErrorCode.NOT_AUTHENTICATED, () -> world.identity.session(client));

    world.addUser("wang", "clerk");
    Actor namesake =
        new Actor(Id.random(new SecureRandom()), "wang", Set.of("clerk"), Actor.Kind.USER);
    assertCode(ErrorCode.NOT_AUTHENTICATED, () -> world.identity.session(namesake));
    Actor operator = Actor.operator("wang");
    assertCode(ErrorCode.NOT_AUTHENTICATED, () -> world.identity.session(operator));
  }

  @Test
  void issueToken_labelledLikeASession_isNoSession() {
    world.addUser("li", "clerk");
    String token = world.identity.issueToken("li", Optional.empty(), "session").reveal();
    world.identity.setPassword("li", "another good password".toCharArray());
    assertThat(world.identity.byToken(token)).isInstanceOf(SignedIn.class);
  }

  @Test
  void signOut_session_endsItAlone() {
    String first = signInAndStartSession("li");
    String second = world.identity.session(actor(first)).reveal();
    world.identity.signOut(first);
    assertThat(world.identity.byToken(first)).isEqualTo(Refused.NOT_AUTHENTICATED);
    assertThat(world.identity.byToken(second)).isInstanceOf(SignedIn.class);
  }

  @Test
  void signOut_forgedToken_endsNothing() {
    String session = signInAndStartSession("li");
    world.identity.signOut(forge(session));
    world.identity.signOut("nonsense");
    assertThat(world.identity.byToken(session)).isInstanceOf(SignedIn.class);
  }

  /** The id of {@code token} with another secret, under a right check. */
  private static String forge(String token) {
    byte[] text = token.getBytes(StandardCharsets.US_ASCII);
    text[40] = (byte) (text[40] == 'x' ? 'y' : 'x');
    TokenText.writeCheck(text, text);
    assertThat(TokenText.isWellFormed(text)).isTrue();
    return new String(text, StandardCharsets.US_ASCII);
  }

  private String signInAndStartSession(String name) {
    world.addUser(name, "clerk");
    SignedIn in = (SignedIn) world.byPassword(name, World.PASSWORD);
    return world.identity.session(in.actor()).reveal();
  }

  private Actor actor(String token) {
    return ((SignedIn) world.identity.byToken(token)).actor();
  }

  private Set<String> roles(String token) {
    return actor(token).roles();
  }

  private static void assertCode(ErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

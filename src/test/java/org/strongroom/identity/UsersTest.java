package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class UsersTest {
  private final World world = new World();

  @Test
  void addUser_new_canBeListedButNotSignIn() {
    Instant now = world.clock.instant();
    User added = world.identity.addUser("li", Set.of("officer", "clerk"), Actor.Kind.USER);

    assertThat(added.roles()).containsExactlyInAnyOrder("clerk", "officer");
    assertThat(added.created()).isEqualTo(now);
    assertThat(added.hasPassword()).isFalse();
    assertThat(added.disabled()).isFalse();
    assertThat(added.tokens()).isEmpty();
    assertThat(world.identity.user("li")).contains(added);
    assertThat(world.identity.user("wang")).isEmpty();
  }

  @Test
  void addUser_nameTaken_isRefusedAndChangesNothing() {
    User first = world.identity.addUser("li", Set.of("clerk"), Actor.Kind.USER);
    assertCode(
        ErrorCode.CONFLICT,
        () -> world.identity.addUser("li", Set.of("officer"), Actor.Kind.CLIENT));
    assertThat(world.identity.users()).containsExactly(first);
  }

  @Test
  void addUser_malformedNameOrRoleOrAnOperator_isRefused() {
    assertCode(
        ErrorCode.INVALID_VALUE,
        () -> world.identity.addUser("Li Wei", Set.of("clerk"), Actor.Kind.USER));
    assertCode(
        ErrorCode.INVALID_VALUE, () -> world.identity.addUser("li", Set.of(), Actor.Kind.USER));
    assertCode(
        ErrorCode.INVALID_VALUE,
        () -> world.identity.addUser("li", Set.of("clerk"), Actor.Kind.OPERATOR));
    assertThat(world.accounts.keys()).isEmpty();
  }

  @Test
  void users_afterChanges_showStateButNoSecret() {
    world.addUser("wang", "officer");
    world.addUser("li", "clerk");
    world.clock.advance(Duration.ofDays(1));
    IssuedToken token =
        world.identity.issueToken("li", Optional.of(Duration.ofDays(30)), "nightly");
    world.identity.disable("wang");
    Instant now = world.clock.instant();

    List<User> users = world.identity.users();

    assertThat(users).extracting(User::name).containsExactly("li", "wang");
    User li = users.get(0);
    assertThat(li.hasPassword()).isTrue();
    assertThat(li.created()).isEqualTo(now.minus(Duration.ofDays(1)));
    assertThat(li.changed()).isEqualTo(now);
    assertThat(li.tokens())
        .containsExactly(
            new User.Token(token.id(), "nightly", now, now.plus(Duration.ofDays(30)), false));
    assertThat(users.get(1).disabled()).isTrue();
    assertThat(users.get(1).changed()).isEqualTo(now);
    assertThat(users.toString()).doesNotContain("fake:", token.reveal());
  }

  @Test
  void setPassword_new_replacesTheOld() {
    world.addUser("li", "clerk");
    world.identity.setPassword("li", "another good password".toCharArray());
    assertThat(world.byPassword("li", World.PASSWORD)).isInstanceOf(Refused.class);
    assertThat(world.byPassword("li", "another good password")).isInstanceOf(SignedIn.class);
  }

  @Test
  void setPassword_weakUnknownOrClient_isRefusedAndWipedWithoutHashing() {
    world.identity.addUser("portal", Set.of("clerk"), Actor.Kind.CLIENT);
    char[] password = World.PASSWORD.toCharArray();
    assertCode(ErrorCode.INVALID_VALUE, () -> world.identity.setPassword("portal", password));
    assertThat(password).containsOnly('\0');
    assertCode(
        ErrorCode.NOT_FOUND,
        () -> world.identity.setPassword("nobody", World.PASSWORD.toCharArray()));
    assertCode(
        ErrorCode.INVALID_VALUE, () -> world.identity.setPassword("portal", "short".toCharArray()));
    assertThat(world.passwords.hashes()).isZero();
  }

  @Test
  void setRoles_storeFails_oldRolesStay() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    world.accounts.failWrites(true);
    assertCode(ErrorCode.STORE_FAILED, () -> world.identity.setRoles("li", Set.of("officer")));
    world.accounts.failWrites(false);
    assertThat(world.identity.byToken(token))
        .isInstanceOfSatisfying(
            SignedIn.class, in -> assertThat(in.actor().roles()).containsExactly("clerk"));
  }

  @Test
  void change_unknownUserOrToken_isNotFound() {
    world.addUser("li", "clerk");
    assertCode(ErrorCode.NOT_FOUND, () -> world.identity.disable("nobody"));
    assertCode(ErrorCode.NOT_FOUND, () -> world.identity.enable("nobody"));
    assertCode(ErrorCode.NOT_FOUND, () -> world.identity.setRoles("nobody", Set.of("clerk")));
    assertCode(ErrorCode.NOT_FOUND, () -> world.identity.revokeToken("li", "00000000000"));
  }

  @Test
  void change_manyAtOnce_losesNone() throws InterruptedException, ExecutionException {
    world.addUser("li", "clerk");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<IssuedToken> issued = new ArrayList<>();
    try {
      List<Future<IssuedToken>> pending =
          Stream.iterate(0, i -> i + 1)
              .limit(Identity.MOST_TOKENS)
              .map(
                  i ->
                      pool.submit(() -> world.identity.issueToken("li", Optional.empty(), "t" + i)))
              .toList();
      for (Future<IssuedToken> token : pending) {
        issued.add(token.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(issued).hasSize(Identity.MOST_TOKENS);
    for (IssuedToken token : issued) {
      assertThat(world.identity.byToken(token.reveal())).isInstanceOf(SignedIn.class);
    }
  }

  @Test
  void agency_givenChangedAndTaken_isKeptAcrossRestarts() {
    User added =
        world.identity.addUser("li", Set.of("clerk"), Actor.Kind.USER, Optional.of("黄浦分局"));
    assertThat(added.agency()).isEqualTo("黄浦分局");
    assertThat(world.restarted().user("li")).contains(added);
    world.identity.setPassword("li", World.PASSWORD.toCharArray());
    world.identity.disable("li");
    assertThat(world.identity.user("li").orElseThrow().agency()).isEqualTo("黄浦分局");

    assertThat(world.identity.setAgency("li", Optional.of("bureau-2")).agency())
        .isEqualTo("bureau-2");
    assertThat(world.identity.setAgency("li", Optional.empty()).agency()).isNull();
    assertThat(world.restarted().user("li").orElseThrow().agency()).isNull();
    assertCode(
        ErrorCode.NOT_FOUND, () -> world.identity.setAgency("nobody", Optional.of("bureau-2")));
    assertCode(ErrorCode.INVALID_VALUE, () -> world.identity.setAgency("li", Optional.of("a\nb")));
    assertCode(
        ErrorCode.INVALID_VALUE,
        () -> world.identity.addUser("wu", Set.of("clerk"), Actor.Kind.USER, Optional.of(" ")));
  }

  /** An account as it was kept before there were agencies. */
  @Test
  void read_accountWithoutThatMember_hasNoAgency() {
    world.addUser("li", "clerk");
    String row = new String(world.accounts.read("user/li").orElseThrow(), StandardCharsets.UTF_8);
    assertThat(row).contains("\"agency\":null,");
    byte[] older = row.replace("\"agency\":null,", "").getBytes(StandardCharsets.UTF_8);
    world.accounts.write(Map.of("user/li", Optional.of(older)));

    Identity restarted = world.restarted();
    assertThat(restarted.user("li").orElseThrow().agency()).isNull();
    assertThat(restarted.byPassword("li", World.PASSWORD.toCharArray()))
        .isInstanceOf(SignedIn.class);
  }

  @Test
  void user_byId_isFoundAlsoWhenAddedOrChangedLater() {
    User li = world.identity.addUser("li", Set.of("clerk"), Actor.Kind.USER);
    assertThat(world.identity.user(li.id())).contains(li);
    assertThat(world.identity.user(Actor.OPERATOR_ID)).isEmpty();

    User wang = world.identity.addUser("wang", Set.of("clerk"), Actor.Kind.CLIENT);
    User moved = world.identity.setAgency("li", Optional.of("bureau-2"));

    assertThat(world.identity.user(wang.id())).contains(wang);
    assertThat(world.identity.user(li.id())).contains(moved);
  }

  @Test
  void read_damagedAccount_isCorruptWithoutShowingIt() {
    world.addUser("li", "clerk");
    String token = world.token("li");
    world.accounts.write(
        Map.of("user/li", Optional.of("{\"secret\": 1".getBytes(StandardCharsets.UTF_8))));
    assertThatThrownBy(() -> world.restarted().byToken(token))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
        .hasMessageNotContaining("secret");
  }

  @Test
  void operator_systemUser_isAnActorWithoutRoles() {
    Actor operator = Actor.operator("root");
    assertThat(operator).isEqualTo(new Actor(Actor.OPERATOR_ID, "root", Set.of(), operator.kind()));
    assertThat(operator.kind()).isEqualTo(Actor.Kind.OPERATOR);
    assertThat(Actor.operator("CORP\\li wei\n").name()).isEqualTo("CORP_li_wei_");
    assertThat(Actor.operator("").name()).isEqualTo("unknown");
    assertThat(Actor.operator("x".repeat(99)).name()).hasSize(64);
    assertThatThrownBy(
            () -> new Actor(Actor.OPERATOR_ID, "root", Set.of("clerk"), Actor.Kind.OPERATOR))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertCode(ErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

package org.strongroom.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Entry;
import org.strongroom.identity.Actor;
import org.strongroom.identity.RefusalCode;
import org.strongroom.identity.Refused;
import org.strongroom.identity.SignIn;
import org.strongroom.identity.SignedIn;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Table;

/** Users: what is written, in whose name, and what gets in. */
final class AccountsTest {
  private static final String PASSWORD = "correct horse battery";

  private World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private Users.Shown add(String name, String... roles) {
    return world.users.add(People.ADMINISTRATOR, name, Set.of(roles), Actor.Kind.USER, false);
  }

  private Users.Shown addWithToken(String name, String role) {
    return world.users.add(People.ADMINISTRATOR, name, Set.of(role), Actor.Kind.USER, true);
  }

  private static Actor signedIn(SignIn answer) {
    if (answer instanceof SignedIn in) {
      return in.actor();
    }
    throw new AssertionError("refused");
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Map<Bytes, byte[]> accountRows() {
    Map<Bytes, byte[]> rows = world.rows(Table.META);
    rows.keySet()
        .removeIf(
            key -> {
              String name = new String(key.toArray(), UTF_8);
              return !name.startsWith("user/")
                  && !name.startsWith("token/")
                  && !name.startsWith("enrolment/");
            });
    return rows;
  }

  // ---- entries -----------------------------------------------------------------------------

  @Test
  void everyChange_isAnEntryByWhoMadeIt() {
    int before = world.log().size();
    add("li", "clerk");
    world.users.password(People.ADMINISTRATOR, "li", PASSWORD.toCharArray());
    world.users.token(People.ADMINISTRATOR, "li", Optional.empty(), "laptop");
    world.users.revoke(People.ADMINISTRATOR, "li", "laptop");
    world.users.disabled(People.ADMINISTRATOR, "li", true);
    world.users.disabled(People.ADMINISTRATOR, "li", false);
    world.users.enrolmentCode(People.OPERATOR);
    Users.Session session = world.users.signIn("li", PASSWORD.toCharArray());

    List<Entry> log = world.log();
    assertThat(log.subList(before, log.size()))
        .allSatisfy(entry -> assertThat(entry.kind()).isEqualTo(Entry.Kind.USER))
        .extracting(entry -> entry.by().name() + ": " + entry.outcome())
        .containsExactly(
            "admin.qian: added li",
            "admin.qian: set the password of li",
            "admin.qian: issued a token to li",
            "admin.qian: revoked a token of li",
            "admin.qian: disabled li",
            "admin.qian: enabled li",
            "root: made an enrolment code",
            "li: signed in");
    assertThat(log.get(log.size() - 1).by().actor()).isEqualTo(signedIn(session.answer()).id());
  }

  @Test
  void write_outsideAnAct_isABug() {
    assertThatThrownBy(() -> world.accounts.write(Map.of("user/x", Optional.of(new byte[1]))))
        .isInstanceOf(BugException.class);
    assertThat(accountRows()).isEmpty();
  }

  @Test
  void acting_withinAnotherAct_restoresIt() {
    Entry.By outer = new Entry.By(People.CLERK.id(), "outer", null);
    Entry.By inner = new Entry.By(People.CLERK.id(), "inner", null);

    world.accounts.acting(
        outer,
        "one",
        () -> {
          world.accounts.acting(
              inner,
              "two",
              () -> {
                world.accounts.write(Map.of("user/a", Optional.of(new byte[1])));
                return true;
              });
          world.accounts.write(Map.of("user/b", Optional.of(new byte[1])));
          return true;
        });

    List<Entry> log = world.log();
    assertThat(log.subList(log.size() - 2, log.size()))
        .extracting(entry -> entry.by().name())
        .containsExactly("inner", "outer");
    assertThatThrownBy(() -> world.accounts.write(Map.of("user/x", Optional.empty())))
        .isInstanceOf(BugException.class);
  }

  @Test
  void write_whenTheEntryCannotBeKept_changesNothing() {
    add("li", "clerk");
    Map<Bytes, byte[]> before = accountRows();
    world.store.intercept(
        (batch, durability, really) -> {
          throw new VaultException(ErrorCode.STORE_FAILED, "no space left");
        });

    assertFails(ErrorCode.AUDIT_FAILED, () -> add("wang", "clerk"));

    world.store.intercept((batch, durability, really) -> really.run());
    assertThat(accountRows().keySet()).isEqualTo(before.keySet());
    assertThat(world.identity.user("wang")).isEmpty();
  }

  // ---- who may, and what -------------------------------------------------------------------

  @Test
  void manage_byWhomMayNot_isDeniedAndChangesNothing() {
    add("li", "clerk");
    char[] password = PASSWORD.toCharArray();
    int rows = accountRows().size();
    for (Actor actor : List.of(People.CLERK, People.NOBODY, People.INVESTIGATOR)) {
      assertFails(
          ErrorCode.DENIED,
          () -> world.users.add(actor, "own", Set.of("clerk"), Actor.Kind.USER, true));
      assertFails(ErrorCode.DENIED, () -> world.users.token(actor, "li", Optional.empty(), "mine"));
      assertFails(ErrorCode.DENIED, () -> world.users.password(actor, "li", password));
      assertFails(ErrorCode.DENIED, () -> world.users.disabled(actor, "li", true));
      assertFails(ErrorCode.DENIED, () -> world.users.list(actor));
      assertFails(ErrorCode.DENIED, () -> world.users.enrolmentCode(actor));
      assertFails(ErrorCode.DENIED, () -> world.users.revoke(actor, "li", "first"));
      assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DENIAL);
      assertThat(world.lastEntry().by().name()).isEqualTo(actor.name());
    }
    assertThat(accountRows()).hasSize(rows);
    assertThat(password).containsOnly('\0');
  }

  @Test
  void add_roleThatThePolicyDoesNotHave_isRefused() {
    assertFails(ErrorCode.INVALID_VALUE, () -> add("li", "clerk", "emperor"));
    assertThat(accountRows()).isEmpty();
  }

  @Test
  void add_rolesWhoseDutiesConflict_isRefused() {
    assertFails(ErrorCode.INVALID_VALUE, () -> add("li", "administrator", "clerk"));
    assertThat(accountRows()).isEmpty();
  }

  @Test
  void add_nameThatIsTaken_isAConflict() {
    add("li", "clerk");
    assertFails(ErrorCode.CONFLICT, () -> add("li", "officer"));
  }

  @Test
  void list_showsAllByNameAndNoSecret() {
    add("wang", "officer");
    Users.Shown li = addWithToken("li", "clerk");

    List<Users.Shown> users = world.users.list(People.ADMINISTRATOR);

    assertThat(users).extracting(Users.Shown::name).containsExactly("li", "wang");
    assertThat(users).extracting(Users.Shown::token).containsOnlyNulls();
    assertThat(li.toString()).doesNotContain(String.valueOf(li.token()));
  }

  // ---- signing in --------------------------------------------------------------------------

  @Test
  void token_ofAUser_signsInAsThatUser() {
    String token = String.valueOf(addWithToken("li", "clerk").token());

    Actor actor = signedIn(world.identity.byToken(token));

    assertThat(actor.name()).isEqualTo("li");
    assertThat(actor.roles()).containsExactly("clerk");
    world.keep(world.resident(1, "李梅", People.phone(1)));
    assertThat(world.matches(actor, new Asking().person(1))).hasSize(1);
  }

  @Test
  void token_revokedOrOfADisabledUser_signsInNoMore() {
    String first = String.valueOf(addWithToken("li", "clerk").token());
    String second =
        String.valueOf(
            world
                .users
                .token(People.ADMINISTRATOR, "li", Optional.of(Duration.ofDays(1)), "laptop")
                .token());

    world.users.revoke(People.ADMINISTRATOR, "li", "laptop");
    assertThat(world.identity.byToken(second)).isNotInstanceOf(SignedIn.class);
    assertThat(world.identity.byToken(first)).isInstanceOf(SignedIn.class);
    world.users.disabled(People.ADMINISTRATOR, "li", true);
    assertThat(world.identity.byToken(first)).isNotInstanceOf(SignedIn.class);
  }

  @Test
  void signIn_byPassword_givesASessionAndWipesThePassword() {
    add("li", "clerk");
    world.users.password(People.ADMINISTRATOR, "li", PASSWORD.toCharArray());
    char[] right = PASSWORD.toCharArray();
    char[] wrong = "wrong wrong wrong".toCharArray();

    Users.Session refused = world.users.signIn("li", wrong);
    Users.Session session = world.users.signIn("li", right);

    assertThat(refused.answer()).isNotInstanceOf(SignedIn.class);
    assertThat(refused.token()).isNull();
    assertThat(session.token()).isNotNull();
    assertThat(session.toString()).doesNotContain("srm_");
    assertThat(right).containsOnly('\0');
    assertThat(wrong).containsOnly('\0');
  }

  @Test
  void signIn_wrongPassword_isADenialThatSpeaksOfTheAccount() {
    Users.Shown li = add("li", "clerk");
    world.users.password(People.ADMINISTRATOR, "li", PASSWORD.toCharArray());
    int size = world.log().size();

    world.users.signIn("LI", "wrong wrong wrong".toCharArray());

    assertThat(world.log()).hasSize(size + 1);
    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DENIAL);
    assertThat(world.lastEntry().outcome()).isEqualTo("sign-in");
    assertThat(world.lastEntry().by()).isEqualTo(new Entry.By(Id.parse(li.id()), "li", null));
  }

  /** What stands in the place of the name may be a password. */
  @Test
  void signIn_unknownName_isADenialWithoutTheName() {
    int size = world.log().size();

    world.users.signIn("hunter2-hunter2", "wrong wrong wrong".toCharArray());

    assertThat(world.log()).hasSize(size + 1);
    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DENIAL);
    assertThat(world.lastEntry().by()).isEqualTo(new Entry.By(Actor.OPERATOR_ID, "sign-in", null));
    assertThat(world.lastEntry().toString()).doesNotContain("hunter2");
  }

  @Test
  void signIn_lockedOut_makesNoMoreEntries() {
    for (int i = 0; i < 5; i++) {
      world.users.signIn("nobody", "wrong wrong wrong".toCharArray());
    }
    int size = world.log().size();
    Users.Session session = world.users.signIn("nobody", "wrong wrong wrong".toCharArray());

    assertThat(((Refused) session.answer()).code()).isEqualTo(RefusalCode.LOCKED_OUT);
    assertThat(world.log()).hasSize(size);
  }

  @Test
  void enrol_withAWrongCode_isADenialAndNotAUse() {
    String code = world.users.enrolmentCode(People.OPERATOR).code();
    String wrong = (code.charAt(0) == '0' ? "1" : "0") + code.substring(1);

    for (int i = 0; i < 10; i++) {
      int size = world.log().size();
      assertFails(
          ErrorCode.NOT_AUTHENTICATED,
          () -> world.users.enrol(wrong, "sun", PASSWORD.toCharArray()));
      assertThat(world.log()).hasSize(size + 1);
      assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.DENIAL);
      assertThat(world.lastEntry().outcome()).isEqualTo("wrong enrolment code");
    }
    // The tenth made it void.
    assertFails(
        ErrorCode.NOT_AUTHENTICATED, () -> world.users.enrol(code, "sun", PASSWORD.toCharArray()));
    assertThat(world.log()).extracting(Entry::outcome).doesNotContain("used an enrolment code");
  }

  @Test
  void enrol_withTheCode_makesAnAdministratorOnce() {
    String code = world.users.enrolmentCode(People.OPERATOR).code();

    Actor made = world.users.enrol(code, "qian", PASSWORD.toCharArray()).actor();

    assertThat(made.roles()).containsExactly("administrator");
    assertThat(world.lastEntry().by().name()).isEqualTo("enrolment");
    assertThat(world.lastEntry().outcome()).isEqualTo("used an enrolment code");
    assertFails(
        ErrorCode.NOT_AUTHENTICATED, () -> world.users.enrol(code, "sun", PASSWORD.toCharArray()));
    // Who manages users may then do so, and see nobody's records.
    world.users.add(made, "li", Set.of("clerk"), Actor.Kind.USER, false);
    assertThat(world.refused(made, new Asking().person(1)).code()).isEqualTo("purpose_not_granted");
  }

  // ---- on disk -----------------------------------------------------------------------------

  @Test
  void reopened_hasTheSameAccounts() {
    String token = String.valueOf(addWithToken("li", "clerk").token());
    world = world.reopened();

    assertThat(signedIn(world.identity.byToken(token)).name()).isEqualTo("li");
  }

  @Test
  void rows_ofTwoAccountsSwapped_areCorrupt() {
    add("li", "clerk");
    add("wang", "investigator");
    List<Bytes> keys = List.copyOf(accountRows().keySet());
    assertThat(keys).hasSize(2);

    world.swap(Table.META, keys.get(0), keys.get(1));

    assertFails(ErrorCode.CORRUPT, () -> world.identity.user("li"));
    assertFails(ErrorCode.CORRUPT, () -> world.users.list(People.ADMINISTRATOR));
  }
}

package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class EnrolmentTest {
  private final World world = new World();

  @Test
  void enrol_withTheCode_makesAnAdministratorWhoCanSignIn() {
    assertThat(world.identity.hasAdministrator()).isFalse();
    Enrolment enrolment = world.identity.newEnrolmentCode();

    Actor actor = enrol(enrolment.reveal(), "root");

    assertThat(actor.name()).isEqualTo("root");
    assertThat(actor.roles()).containsExactly(Identity.ADMINISTRATOR);
    assertThat(actor.kind()).isEqualTo(Actor.Kind.USER);
    assertThat(world.identity.hasAdministrator()).isTrue();
    assertThat(world.byPassword("root", World.PASSWORD)).isEqualTo(new SignedIn(actor));
  }

  @Test
  void newEnrolmentCode_isTypableAndNeverKeptOrPrinted() {
    Enrolment enrolment = world.identity.newEnrolmentCode();
    String code = enrolment.reveal();

    assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}");
    assertThat(world.accounts.dump())
        .contains("enrolment/code")
        .doesNotContain(code, code.replace("-", ""));
    assertThat(enrolment.toString()).doesNotContain(code).contains("[redacted]");
    assertThat(enrolment.expires()).isEqualTo(world.clock.instant().plus(Duration.ofDays(7)));
  }

  @Test
  void enrol_codeTypedCarelessly_isRead() {
    String code = world.identity.newEnrolmentCode().reveal();
    String typed =
        " " + code.toLowerCase(Locale.ROOT).replace('0', 'o').replace('1', 'l').replace("-", " ");
    assertThat(enrol(typed, "root").name()).isEqualTo("root");
  }

  @Test
  void enrol_codeUsed_isRefused() {
    String code = world.identity.newEnrolmentCode().reveal();
    enrol(code, "root");
    assertRefused(() -> enrol(code, "second"));
    assertThat(world.accounts.keys()).containsExactly("user/root");
  }

  @Test
  void enrol_codeExpired_isRefused() {
    String code = world.identity.newEnrolmentCode().reveal();
    world.clock.advance(Duration.ofDays(7));
    assertRefused(() -> enrol(code, "root"));
  }

  @Test
  void enrol_justBeforeExpiry_isAccepted() {
    String code = world.identity.newEnrolmentCode().reveal();
    world.clock.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(enrol(code, "root").name()).isEqualTo("root");
  }

  @Test
  void enrol_codeReplacedByANewOne_isRefused() {
    String old = world.identity.newEnrolmentCode().reveal();
    String current = world.identity.newEnrolmentCode().reveal();
    assertRefused(() -> enrol(old, "root"));
    assertThat(enrol(current, "root").name()).isEqualTo("root");
  }

  @Test
  void enrol_noCodeOpen_isRefused() {
    assertRefused(() -> enrol("00000-00000-00000-00000", "root"));
  }

  @Test
  void enrol_wrongCodes_voidTheRightOneAfterTheTenth() {
    String code = world.identity.newEnrolmentCode().reveal();
    for (int i = 0; i < Enrolments.TRIES; i++) {
      assertRefused(() -> enrol("00000-00000-00000-00000", "root"));
    }
    assertRefused(() -> enrol(code, "root"));
  }

  @Test
  void enrol_nineWrongCodesThoughRestarted_leaveOneTry() {
    String code = world.identity.newEnrolmentCode().reveal();
    for (int i = 0; i < Enrolments.TRIES - 1; i++) {
      Identity restarted = world.restarted();
      assertRefused(
          () -> restarted.enrol("00000-00000-00000-00000", "root", World.PASSWORD.toCharArray()));
    }
    assertThat(enrol(code, "root").name()).isEqualTo("root");
  }

  @Test
  void enrol_codeCutShort_costsNoTry() {
    String code = world.identity.newEnrolmentCode().reveal();
    for (int i = 0; i < 3 * Enrolments.TRIES; i++) {
      assertRefused(() -> enrol(code.substring(1), "root"));
    }
    assertThat(enrol(code, "root").name()).isEqualTo("root");
  }

  @Test
  void enrol_badNamePasswordOrTakenName_leavesTheCodeOpen() {
    world.addUser("taken", "clerk");
    String code = world.identity.newEnrolmentCode().reveal();
    assertCode(ErrorCode.INVALID_VALUE, () -> enrol(code, "Not A Name"));
    assertCode(
        ErrorCode.INVALID_VALUE, () -> world.identity.enrol(code, "root", "short".toCharArray()));
    assertCode(ErrorCode.CONFLICT, () -> enrol(code, "taken"));
    assertThat(enrol(code, "root").name()).isEqualTo("root");
  }

  @Test
  void enrol_storeFails_neitherUserNorUsedCode() {
    String code = world.identity.newEnrolmentCode().reveal();
    world.accounts.failWrites(true);
    assertCode(ErrorCode.STORE_FAILED, () -> enrol(code, "root"));
    world.accounts.failWrites(false);
    assertThat(world.identity.users()).isEmpty();
    assertThat(enrol(code, "root").name()).isEqualTo("root");
  }

  @Test
  void enrol_whateverComes_wipesThePassword() {
    char[] refused = World.PASSWORD.toCharArray();
    assertRefused(() -> world.identity.enrol("nonsense", "root", refused));
    assertThat(refused).containsOnly('\0');

    char[] accepted = World.PASSWORD.toCharArray();
    world.identity.enrol(world.identity.newEnrolmentCode().reveal(), "root", accepted);
    assertThat(accepted).containsOnly('\0');
  }

  @Test
  void hasAdministrator_onlyADisabledOne_isFalse() {
    world.addUser("root", Identity.ADMINISTRATOR);
    world.addUser("clerk", "clerk");
    assertThat(world.identity.hasAdministrator()).isTrue();
    world.identity.disable("root");
    assertThat(world.identity.hasAdministrator()).isFalse();
    world.identity.enable("root");
    world.identity.setRoles("root", Set.of("clerk"));
    assertThat(world.identity.hasAdministrator()).isFalse();
  }

  private Actor enrol(String code, String name) {
    return world.identity.enrol(code, name, World.PASSWORD.toCharArray());
  }

  private static void assertRefused(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_AUTHENTICATED))
        .hasMessage(
            "the enrolment code is wrong, used or expired;"
                + " whoever holds the key file can make another");
  }

  private static void assertCode(ErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

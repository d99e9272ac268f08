package org.strongroom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

class AccountRulesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "li.wei", "app_1", "0day", "x-y"})
  void isName_plainName_isTrue(String name) {
    assertThat(AccountRules.isName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Li", ".a", "-a", "_a", "a b", "a/b", "a\n", "李", "a@b"})
  void checkName_other_isRefusedWithoutRepeatingIt(String name) {
    assertThatThrownBy(() -> AccountRules.checkName(name))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE))
        .message()
        .doesNotContain("李", "@", "\n");
  }

  @Test
  void checkName_65Characters_isRefused() {
    assertThat(AccountRules.isName("a".repeat(64))).isTrue();
    assertThat(AccountRules.isName("a".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "bureau-2", "黄浦区 户籍科", "上海市公安局", "0 b", "\uD840\uDC00"})
  void checkAgency_name_isAccepted(String agency) {
    assertThatCode(() -> AccountRules.checkAgency(agency)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "-a", "A", "a\nb", "a/b", "<b>", "a\u3000b", "é"})
  void checkAgency_other_isRefused(String agency) {
    assertThatThrownBy(() -> AccountRules.checkAgency(agency))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE));
  }

  @Test
  void checkAgency_65Characters_isRefused() {
    assertThatCode(() -> AccountRules.checkAgency("局".repeat(64))).doesNotThrowAnyException();
    assertThatThrownBy(() -> AccountRules.checkAgency("局".repeat(65)))
        .isInstanceOf(VaultException.class);
  }

  @Test
  void checkRoles_noneOrMalformed_isRefused() {
    assertThatThrownBy(() -> AccountRules.checkRoles(Set.of())).hasMessageContaining("one role");
    assertThatThrownBy(() -> AccountRules.checkRoles(Set.of("clerk", "No Role")))
        .hasMessageContaining("a role has");
    AccountRules.checkRoles(Set.of("protection-officer"));
  }

  @Test
  void checkLabel_controlCharacterOrTooLong_isRefused() {
    AccountRules.checkLabel("夜间导入 (nightly), host 3");
    assertThatThrownBy(() -> AccountRules.checkLabel("a\nb")).isInstanceOf(VaultException.class);
    assertThatThrownBy(() -> AccountRules.checkLabel("a".repeat(65)))
        .isInstanceOf(VaultException.class);
  }

  @Test
  void checkPassword_length_countsCharactersAsPeopleDo() {
    accept("twelve chars");
    refuse("eleven char", "at least 12");
    accept("密".repeat(12));
    refuse("\uD83D\uDD11".repeat(11), "at least 12");
    accept("xy".repeat(128));
    refuse("xy".repeat(128) + "z", "at most 256");
  }

  @Test
  void checkPassword_ownName_isRefusedInAnyCaseAndRepetition() {
    refuse("administrator", "administrator", "no password");
    refuse("administrator", "AdminIstrator", "no password");
    refuse("admin", "adminadminadmin", "no password");
    refuse("admin", "adminadminadm", "no password");
    accept("admin and more of it");
  }

  @Test
  void checkPassword_loneSurrogate_isRefused() {
    refuse("twelve chars\uD83D", "Unicode");
    refuse("twelve \uDD11\uD83D chars", "Unicode");
  }

  private static void accept(String password) {
    assertThatCode(() -> AccountRules.checkPassword("admin", password.toCharArray()))
        .doesNotThrowAnyException();
  }

  private static void refuse(String password, String message) {
    refuse("li", password, message);
  }

  private static void refuse(String name, String password, String message) {
    assertThatThrownBy(() -> AccountRules.checkPassword(name, password.toCharArray()))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE))
        .hasMessageContaining(message);
  }
}

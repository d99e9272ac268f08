package org.strongroom.leak.judge;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells values that were never anybody's. Rules of thumb: some people do bear such values. */
@FunctionalInterface
interface TestValue {
  /** So many digits in a row do not come by chance: in less than one number of 100,000. */
  int RUN = 7;

  /** The number for topping up phones that forms and manuals in China show. */
  String SHOWN_IN_FORMS = "13800138000";

  Set<String> NAMES =
      Set.of(
          "张三",
          "李四",
          "王五",
          "赵六",
          "某某",
          "某某某",
          "无名氏",
          "匿名",
          "未知",
          "姓名",
          "無名氏",
          "張三",
          "趙六",
          "test",
          "testuser",
          "tester",
          "johndoe",
          "janedoe",
          "johnqpublic",
          "loremipsum",
          "foobar",
          "foo",
          "asdf",
          "qwerty",
          "null",
          "none",
          "unknown",
          "undefined",
          "anonymous",
          "name",
          "firstnamelastname",
          "john·doe");

  Set<String> LOCAL_PARTS =
      Set.of(
          "test",
          "tester",
          "testing",
          "testuser",
          "usertest",
          "demo",
          "dummy",
          "fake",
          "foo",
          "foobar",
          "asdf",
          "qwerty",
          "example",
          "sample",
          "user",
          "username",
          "abc",
          "aaa",
          "xxx",
          "ceshi");

  /** RFC 2606, sections 2 and 3. */
  Set<String> RESERVED_TOP = Set.of("test", "example", "invalid", "localhost");

  Set<String> RESERVED = Set.of("example.com", "example.net", "example.org");

  /**
   * What kind of test value that is; null for none.
   *
   * @param canonical as the field's type has it
   * @param matched whether the record is of somebody in the vault
   */
  @Nullable String kind(String canonical, boolean matched);

  /** For values of a type of {@code schema}. */
  static TestValue of(String type) {
    return switch (type) {
      case "phone" -> (value, matched) -> phone(value);
      case "email" -> TestValue::mail;
      case "name" -> (value, matched) -> name(value);
      case "cn.resident_id" -> (value, matched) -> matched ? null : id(value);
      default -> (value, matched) -> null;
    };
  }

  private static @Nullable String phone(String e164) {
    if (e164.endsWith(SHOWN_IN_FORMS)) {
      return "phone_sequence";
    }
    int same = 1;
    int up = 1;
    int down = 1;
    for (int i = 2; i < e164.length(); i++) {
      int step = (e164.charAt(i) - e164.charAt(i - 1) + 10) % 10;
      same = step == 0 ? same + 1 : 1;
      up = step == 1 ? up + 1 : 1;
      down = step == 9 ? down + 1 : 1;
      if (same == RUN) {
        return "phone_repeated_digit";
      }
      if (up == RUN || down == RUN) {
        return "phone_sequence";
      }
    }
    return null;
  }

  private static @Nullable String mail(String address, boolean matched) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      return null;
    }
    String domain = address.substring(at + 1).toLowerCase(Locale.ROOT);
    if (!matched && isReserved(domain)) {
      return "email_reserved_domain";
    }
    int end = at;
    while (end > 0 && !Character.isLetter(address.charAt(end - 1))) {
      end--;
    }
    String local = address.substring(0, end).toLowerCase(Locale.ROOT);
    // "user" with a number is what generators give; alone it may be somebody's own mailbox.
    boolean generic = local.equals("user") || local.equals("abc");
    return LOCAL_PARTS.contains(local) && (!generic || end < at) ? "email_test_name" : null;
  }

  private static boolean isReserved(String domain) {
    if (RESERVED_TOP.contains(domain.substring(domain.lastIndexOf('.') + 1))) {
      return true;
    }
    int second = domain.lastIndexOf('.', domain.lastIndexOf('.') - 1);
    return RESERVED.contains(domain.substring(second + 1));
  }

  private static @Nullable String name(String name) {
    boolean test = name.startsWith("测试") || name.endsWith("测试") || name.startsWith("測試");
    String loose = name.toLowerCase(Locale.ROOT).replace(" ", "");
    return test || NAMES.contains(loose) ? "name_placeholder" : null;
  }

  /** No sequence begins at 0: the first person of a place and day is 001 or 002. */
  private static @Nullable String id(String id) {
    return Oddities.sequence(id).equals("000") ? "id_sequence_zero" : null;
  }
}

package org.strongroom.vault;

import java.util.Set;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Id;

/** Who appears in these tests, as actors and as subjects. */
final class People {
  static final Actor CLERK = actor(1, "clerk.li", "clerk");
  static final Actor OFFICER = actor(2, "officer.wang", "officer");
  static final Actor INVESTIGATOR = actor(3, "investigator.zhao", "investigator");
  static final Actor PROTECTION_OFFICER = actor(4, "officer.sun", "protection-officer");
  static final Actor ADMINISTRATOR = actor(5, "admin.qian", "administrator");
  static final Actor AUDITOR = actor(8, "auditor.wu", "auditor");
  static final Actor NOBODY = actor(6, "nobody");
  static final Actor OPERATOR = Actor.operator("root");

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private People() {}

  private static Actor actor(long id, String name, String... roles) {
    return new Actor(new Id(7, id), name, Set.of(roles), Actor.Kind.USER);
  }

  /** The ID number of person {@code i}, who was born on 1990-03-07 (GB 11643-1999). */
  static String residentId(int i) {
    String area = Integer.toString(110101 + i / 1000);
    String digits = area + "19900307" + String.format("%03d", i % 1000);
    int sum = 0;
    for (int k = 0; k < WEIGHTS.length; k++) {
      sum += WEIGHTS[k] * (digits.charAt(k) - '0');
    }
    return digits + "10X98765432".charAt(sum % 11);
  }

  /** A mobile number as people write it; kept as +86 and these digits. */
  static String phone(int i) {
    return "138" + String.format("%08d", i);
  }
}

package org.strongroom.schema;

import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Whether one address could have been retyped from the other: without province, city and county
 * (which people leave out), with numbers and their units written in one way, a Levenshtein
 * similarity (V. I. Levenshtein, 1966) of at least {@value #LIKENESS} of the longer, and numbers
 * that do not contradict one another. Where the divisions are misspelt, the whole is compared, and
 * may differ by as much as the part after them might.
 *
 * <p>Numbers do not contradict when they are the same in the same order, when one address leaves
 * out up to half of them, or when of at least three one is mistyped by one key. Of 2.2 million
 * pairs of synthetic residents of one county none is near.
 */
final class AddressLikeness {
  private static final double LIKENESS = 0.85;

  /** Shorter ones, divisions left out, say too little. */
  private static final int LEAST_CHARS = 4;

  /** With fewer numbers each of them must be the same. */
  private static final int NUMBERS_FOR_A_SLIP = 3;

  private AddressLikeness() {}

  /** Symmetric; false for equal addresses. */
  static boolean near(String one, String other) {
    if (one.equals(other)) {
      return false;
    }
    AddressForm a = AddressForm.of(one);
    AddressForm b = AddressForm.of(other);
    if (!numbersAgree(a, b)) {
      return false;
    }
    int prefixA = Areas.prefixLength(a.text());
    int prefixB = Areas.prefixLength(b.text());
    String restA = a.text().substring(prefixA);
    String restB = b.text().substring(prefixB);
    String divisionsA = a.text().substring(0, prefixA);
    String divisionsB = b.text().substring(0, prefixB);
    if (isPart(divisionsA, divisionsB) && alike(restA, restB, restA, restB)) {
      return true;
    }
    return alike(a.text(), b.text(), restA, restB);
  }

  /** Whether two texts differ by as little as the shorter rest allows. */
  private static boolean alike(String a, String b, String restA, String restB) {
    int longer = Math.max(a.length(), b.length());
    int rest = Math.min(restA.length(), restB.length());
    if (rest < LEAST_CHARS) {
      return false;
    }
    boolean whole = a.length() != restA.length() || b.length() != restB.length();
    int edits = (int) ((1 - LIKENESS) * (whole ? rest : longer) + 1e-9);
    return Math.abs(a.length() - b.length()) <= edits
        && new LevenshteinDistance(edits).apply(a, b) >= 0;
  }

  /** Whether the shorter is the longer with something left out. */
  private static boolean isPart(String a, String b) {
    String shorter = a.length() <= b.length() ? a : b;
    String longer = shorter.equals(a) ? b : a;
    int at = 0;
    for (int i = 0; i < longer.length() && at < shorter.length(); i++) {
      if (longer.charAt(i) == shorter.charAt(at)) {
        at++;
      }
    }
    return at == shorter.length();
  }

  private static boolean numbersAgree(AddressForm a, AddressForm b) {
    AddressForm less = a.numbers() <= b.numbers() ? a : b;
    AddressForm more = less == a ? b : a;
    if (less.numbers() == more.numbers()) {
      int slip = -1;
      for (int i = 0; i < less.numbers(); i++) {
        if (!less.sameNumber(i, more, i)) {
          if (slip >= 0 || less.numbers() < NUMBERS_FOR_A_SLIP) {
            return false;
          }
          slip = i;
        }
      }
      return slip < 0 || oneKey(less.number(slip), more.number(slip));
    }
    if (2 * less.numbers() < more.numbers()) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < more.numbers() && at < less.numbers(); i++) {
      if (less.sameNumber(at, more, i)) {
        at++;
      }
    }
    return at == less.numbers();
  }

  /** Whether one key makes the difference: another, one more, one less, or two swapped. */
  private static boolean oneKey(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    int start = 0;
    while (start < a.length() && start < b.length() && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    int endA = a.length();
    int endB = b.length();
    while (endA > start && endB > start && a.charAt(endA - 1) == b.charAt(endB - 1)) {
      endA--;
      endB--;
    }
    boolean swapped =
        endA - start == 2
            && endB - start == 2
            && a.charAt(start) == b.charAt(start + 1)
            && a.charAt(start + 1) == b.charAt(start);
    return swapped || (endA - start <= 1 && endB - start <= 1);
  }
}

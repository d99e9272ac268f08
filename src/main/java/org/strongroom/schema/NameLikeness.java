package org.strongroom.schema;

import java.util.Arrays;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Whether one name could have been retyped from the other.
 *
 * <ul>
 *   <li>Any names: the same but for letter case, white space, middle dots, or traditional for
 *       simplified characters ({@link HanVariants}).
 *   <li>Chinese names of three characters: one character of the given name differs, or its two are
 *       swapped. Of four and more: one character differs, is missing or is one too many. Of names
 *       of two characters nothing else is near: with a given name of one character, another one is
 *       as likely another person, and whether it sounds the same is not known here.
 *   <li>Other names: the same words in another order, or a Jaro-Winkler similarity of at least
 *       {@value #LATIN_LIKENESS} (W. E. Winkler, "String comparator metrics and enhanced decision
 *       rules in the Fellegi-Sunter model of record linkage", 1990).
 * </ul>
 *
 * Of two synthetic residents drawn at random, one pair in 1,900 is near. A romanised name and the
 * Chinese one that it renders are not compared.
 */
final class NameLikeness {
  private static final double LATIN_LIKENESS = 0.93;

  /** Shorter names that differ at all are others: Li and Le. */
  private static final int LATIN_LETTERS = 5;

  private static final int LONG = 4;
  private static final JaroWinklerSimilarity LATIN = new JaroWinklerSimilarity();
  private static final LevenshteinDistance ONE_EDIT = new LevenshteinDistance(1);

  private NameLikeness() {}

  /** Symmetric; false for equal names. */
  static boolean near(String one, String other) {
    if (one.equals(other)) {
      return false;
    }
    String a = plain(one);
    String b = plain(other);
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    if (a.equals(b)) {
      return true;
    }
    boolean han = isHan(a);
    if (han != isHan(b)) {
      return false;
    }
    return han ? nearHan(a, b) : nearLatin(one, other, a, b);
  }

  private static boolean nearHan(String a, String b) {
    if (Math.max(a.length(), b.length()) >= LONG) {
      return Math.abs(a.length() - b.length()) <= 1 && ONE_EDIT.apply(a, b) >= 0;
    }
    if (a.length() != LONG - 1 || b.length() != LONG - 1 || a.charAt(0) != b.charAt(0)) {
      return false;
    }
    boolean swapped = a.charAt(1) == b.charAt(2) && a.charAt(2) == b.charAt(1);
    return swapped || a.charAt(1) == b.charAt(1) || a.charAt(2) == b.charAt(2);
  }

  private static boolean nearLatin(String one, String other, String a, String b) {
    int length = Math.min(a.length(), b.length());
    if (length < LATIN_LETTERS) {
      return false;
    }
    return LATIN.apply(a, b) >= LATIN_LIKENESS
        || (a.length() == b.length() && Arrays.equals(words(one), words(other)));
  }

  /** Without white space and dots, in lower case, simplified. */
  private static String plain(String name) {
    String loose = CleanText.looseForm(name);
    StringBuilder out = new StringBuilder(loose.length());
    for (int i = 0; i < loose.length(); i++) {
      char c = loose.charAt(i);
      if (c != '\u00b7' && c != '.' && c != ',' && c != '-' && c != '\'') {
        out.append(HanVariants.simplified(c));
      }
    }
    return out.toString();
  }

  private static boolean isHan(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!CleanText.isCommonHan(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String[] words(String name) {
    String[] out = name.split("[ ,.\u00b7-]+");
    for (int i = 0; i < out.length; i++) {
      out[i] = plain(out[i]);
    }
    Arrays.sort(out);
    return out;
  }
}

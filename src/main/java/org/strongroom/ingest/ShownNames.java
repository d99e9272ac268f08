package org.strongroom.ingest;

/**
 * Which names out of an input may be shown. A column's name is no personal data, but where a header
 * is missing, or keys are phone numbers, values stand in the place of names.
 */
public final class ShownNames {
  public static final String HIDDEN = "(names not shown)";
  private static final int MAX_LENGTH = 40;
  private static final int MAX_DIGITS = 5;

  private ShownNames() {}

  /** Whether this looks like a name and not like a value. */
  public static boolean looksLikeName(String text) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      return false;
    }
    int digits = 0;
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        digits++;
      } else if (Character.isLetter(c)) {
        letters++;
      } else if (c != '_' && c != '-' && c != ' ') {
        return false;
      }
    }
    return letters > 0 && digits <= MAX_DIGITS;
  }

  /** The dotted path itself, or {@link #HIDDEN} unless each of its names may be shown. */
  public static String path(String path) {
    for (String name : path.split("\\.", -1)) {
      if (!looksLikeName(name)) {
        return HIDDEN;
      }
    }
    return path;
  }
}

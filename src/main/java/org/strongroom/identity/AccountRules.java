package org.strongroom.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** What names, roles, labels and passwords may look like. No message repeats what was given. */
final class AccountRules {
  static final int LEAST_PASSWORD_CHARS = 12;

  /** A bound on the work that one sign-in can ask for. */
  static final int MOST_PASSWORD_CHARS = 256;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern AGENCY =
      Pattern.compile("[\\p{IsHan}a-z0-9]([\\p{IsHan}a-z0-9 ._-]{0,62}[\\p{IsHan}a-z0-9._-])?");
  private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{0,64}");

  private AccountRules() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static void checkName(String name) {
    if (!isName(name)) {
      throw invalid(
          "a user name has 1 to 64 of a-z, 0-9, \".\", \"_\", \"-\", the first not a sign");
    }
  }

  static void checkRoles(Collection<String> roles) {
    if (roles.isEmpty()) {
      throw invalid("a user needs at least one role");
    }
    for (String role : roles) {
      if (!ROLE.matcher(role).matches()) {
        throw invalid("a role has 1 to 64 of a-z, 0-9 and \"-\", a letter first");
      }
    }
  }

  static void checkAgency(String agency) {
    if (!AGENCY.matcher(agency).matches()) {
      throw invalid(
          "an agency has 1 to 64 of a-z, 0-9, Han characters, spaces, \".\", \"_\", \"-\", the first"
              + " not a sign and the last no space");
    }
  }

  static void checkLabel(String label) {
    if (!LABEL.matcher(label).matches()) {
      throw invalid("a token's label has up to 64 characters that can be printed");
    }
  }

  /**
   * Length counts, as NIST SP 800-63B advises; the one content refused is the user's own name, once
   * or over and over.
   */
  static void checkPassword(String name, char[] password) {
    int chars = Character.codePointCount(password, 0, password.length);
    if (chars < LEAST_PASSWORD_CHARS) {
      throw invalid("a password has at least " + LEAST_PASSWORD_CHARS + " characters");
    }
    if (password.length > MOST_PASSWORD_CHARS) {
      throw invalid("a password has at most " + MOST_PASSWORD_CHARS + " characters");
    }
    if (repeats(name.toLowerCase(Locale.ROOT), password)) {
      throw invalid("the user's name is no password");
    }
    for (int i = 0; i < password.length; i++) {
      boolean pair =
          i + 1 < password.length && Character.isSurrogatePair(password[i], password[i + 1]);
      if (pair) {
        i++;
      } else if (Character.isSurrogate(password[i])) {
        throw invalid("the password is not well-formed Unicode");
      }
    }
  }

  private static boolean repeats(String name, char[] password) {
    for (int i = 0; i < password.length; i++) {
      if (Character.toLowerCase(password[i]) != name.charAt(i % name.length())) {
        return false;
      }
    }
    return true;
  }

  static void wipe(char[] password) {
    Arrays.fill(password, '\0');
  }

  private static VaultException invalid(String message) {
    return new VaultException(ErrorCode.INVALID_VALUE, message);
  }
}

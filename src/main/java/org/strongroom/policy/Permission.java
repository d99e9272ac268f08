package org.strongroom.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * An act other than the disclosure of records. A role is given it by its name in lower case with
 * dashes, under {@code acts}.
 */
public enum Permission {
  /** Put single records in, and change them. */
  KEEP(false, false),
  /** Put records in by the file. */
  IMPORT(false, false),
  /** Add users, set their roles and passwords, issue and revoke their tokens. */
  MANAGE_USERS(true, false),
  /** Put another policy in force. */
  CHANGE_POLICY(true, false),
  /** Declare collections, which decides what counts as sensitive. */
  CHANGE_COLLECTIONS(true, false),
  /** Read the audit log: who was shown whose records, and why. */
  READ_AUDIT(false, false),
  /** Open the sealed rejects of an import, which are records as they came. */
  OPEN_REJECTS(false, true),
  /** Judge a sample of data that is said to be leaked. */
  CHECK_LEAK(false, false),
  /** See who is affected by a leak, to tell them: ids, and which of their fields. */
  NOTIFY_AFFECTED(false, true),
  /** Register a sample, so that people can ask whether they are in it. */
  REGISTER_LEAK(false, false),
  /** Ask whether an identifier is in a registered leak, without telling which. */
  LOOK_UP_LEAK(false, false),
  /** Keep made-up residents that nobody should be shown, and see which they are. */
  PLANT_CANARIES(false, false),
  /** Hold the whole vault against its log, which shows ids and no records. */
  VERIFY(false, false);

  private final boolean administers;
  private final boolean discloses;

  Permission(boolean administers, boolean discloses) {
    this.administers = administers;
    this.discloses = discloses;
  }

  /** The word for this act in policy files: {@code manage-users} and so on. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the act decides who may see what, so that its holder could make himself a reader. */
  boolean administers() {
    return administers;
  }

  /** Whether the act shows personal data. */
  boolean discloses() {
    return discloses;
  }
}

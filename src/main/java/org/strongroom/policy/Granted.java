package org.strongroom.policy;

import java.util.Objects;

/** A yes, and how far it goes. Immutable; made by {@link Policy#decide} alone. */
public final class Granted implements Decision {
  private final String role;
  private final Purpose purpose;
  private final Grant grant;
  private final boolean history;

  Granted(String role, Purpose purpose, Grant grant, boolean history) {
    this.role = Objects.requireNonNull(role);
    this.purpose = Objects.requireNonNull(purpose);
    this.grant = Objects.requireNonNull(grant);
    this.history = history;
  }

  /** The role that granted it; of several that do, the first in the policy file. */
  public String role() {
    return role;
  }

  public String purpose() {
    return purpose.name();
  }

  /** The legal basis that the policy declares for the purpose, such as an article of a law. */
  public String legalBasis() {
    return purpose.legalBasis();
  }

  /**
   * The view of one field. A rule for the field by name comes first, then one for its sensitivity
   * class, then {@code *}; where none speaks, the field is hidden.
   *
   * @param sensitivity {@code ordinary} or {@code sensitive}, as the collection declares
   */
  public View viewOf(String field, String sensitivity) {
    Grant.Rule rule = grant.ruleFor(field, sensitivity);
    return rule == null ? View.HIDDEN : rule.view();
  }

  /** Whether past versions were asked for and may be shown. */
  public boolean history() {
    return history;
  }

  /** How many records one answer may hold, at least 1. */
  public int maxMatches() {
    return grant.maxMatches();
  }
}

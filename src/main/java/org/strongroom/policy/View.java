package org.strongroom.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of a field an actor is shown. */
public enum View {
  /** The value as it is kept. */
  CLEAR,
  /** The value under the mask that its collection declares. */
  MASKED,
  /** Nothing: neither the value nor whether there is one. */
  HIDDEN;

  /** The word for this view in policy files, answers and screens: {@code clear} and so on. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

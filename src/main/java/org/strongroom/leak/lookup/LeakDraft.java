package org.strongroom.leak.lookup;

import java.time.LocalDate;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * What is said of a leak that is to be registered; people who ask are shown it. Parameters as in
 * {@link Leak}.
 */
public record LeakDraft(String name, LocalDate date, String note) {
  private static final int MAX_NAME_CHARS = 200;
  private static final int MAX_NOTE_CHARS = 2_000;

  /** Throws {@link VaultException} {@code BAD_REQUEST} for what is too long, or no name. */
  public LeakDraft {
    name = name.strip();
    note = note.strip();
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a leak has a name, of at most " + MAX_NAME_CHARS + " characters");
    }
    if (note.length() > MAX_NOTE_CHARS) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "a note has at most " + MAX_NOTE_CHARS + " characters");
    }
  }
}

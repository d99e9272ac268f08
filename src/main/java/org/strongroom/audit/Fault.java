package org.strongroom.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.strongroom.store.Table;

/**
 * Something that is not as the log says it should be. Tells ids, log indexes and names of rows, and
 * never what a record holds.
 *
 * @param code what is wrong; stays for ever
 * @param table where
 * @param subject whose row it is, where it is one's; 32 hexadecimal digits
 * @param entry index of the log entry that says otherwise, where there is one
 * @param row which row, as people can tell it from others of the table
 * @param detail for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
    Code code,
    Table table,
    @Nullable String subject,
    @Nullable Long entry,
    String row,
    String detail) {

  /** What is wrong with a row. */
  public enum Code {
    /** It should be there and is not. */
    MISSING,
    /** It is there with another content. */
    ALTERED,
    /** It is as it was at an earlier time, or lacks what came since. */
    ROLLED_BACK,
    /** It holds what belongs to another row. */
    SWAPPED,
    /** It was written outside the log. */
    INSERTED,
    /** The log has another history than one that was signed. */
    FORKED,
    /** It is what was written, and yet cannot be read. */
    UNREADABLE;

    /** The word in answers. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One line for people. */
  public String text() {
    StringBuilder out = new StringBuilder(code.text().replace('_', ' '));
    out.append(": ").append(table).append(' ').append(row);
    if (subject != null) {
      out.append(", subject ").append(subject);
    }
    if (entry != null) {
      out.append(", log entry ").append(entry);
    }
    return out.append(": ").append(detail).toString();
  }
}

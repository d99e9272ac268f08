package org.strongroom.schema;

/**
 * One thing wrong with a record, or worth a second look. Never holds a value, so it may be logged,
 * counted and shown.
 *
 * @param field the name of the field
 * @param code a stable code, the field's name before the reason: {@code resident_id.check_digit}
 * @param text the reason, for people
 */
public record Problem(String field, String code, String text) {
  /** The problem of {@code field} for the bare {@code reason}, such as {@code check_digit}. */
  static Problem of(String field, String reason, String text) {
    return new Problem(field, field + "." + reason, text);
  }
}

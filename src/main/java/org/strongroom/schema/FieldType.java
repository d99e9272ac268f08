package org.strongroom.schema;

import java.util.Optional;

/**
 * A kind of value: what is valid, its one canonical text, and what a masked view shows of it.
 * Immutable and thread-safe; every method is pure but for the date, which comes from a clock.
 *
 * <p>Canonical means: two raw values that mean the same have the same canonical text, and
 * normalising a canonical text gives it back. Every type refuses ill-formed UTF-16 and NUL.
 */
public interface FieldType {
  /** What masks show where something was left out: of fixed length, so that it tells nothing. */
  String HIDDEN = "***";

  /** The name in declarations: {@code cn.resident_id}, {@code phone}... */
  String name();

  /**
   * The canonical text of {@code raw}.
   *
   * @param raw as it came in; blank values are the caller's to leave out
   * @throws InvalidValue if it is no valid value of this type
   */
  String normalise(String raw) throws InvalidValue;

  /**
   * What a masked view shows. Tells no length but where all values have the same. Never fails:
   * whatever is not in canonical form is hidden whole.
   */
  String mask(String canonical);

  /** How an answer in JSON writes the clear canonical text. A masked one is always a text. */
  JsonKind json();

  /** What makes a valid value doubtful, if anything. */
  default Optional<Doubt> doubt(String canonical) {
    return Optional.empty();
  }

  /** The text that goes into blind indexes; wider than canonical where people write loosely. */
  default String indexForm(String canonical) {
    return canonical;
  }

  /**
   * Whether one person could have retyped one canonical text from the other: unequal, but so alike
   * that two people hardly have them by chance. Symmetric. Only names and addresses are retyped in
   * ways that can be told from another value; of all other types nothing is near.
   */
  default boolean near(String one, String other) {
    return false;
  }

  /** Whether, and how, values of this type may be indexed. */
  default Entropy entropy() {
    return Entropy.LOW;
  }

  /** The JSON value that a clear field becomes. */
  enum JsonKind {
    TEXT,
    INTEGER,
    BOOLEAN,
    IMAGE
  }

  /**
   * How hard a value is to guess, hence what a blind index over it gives away: equal values have
   * equal index entries, so common values show by their counts.
   */
  enum Entropy {
    /** Close to unique: may be indexed alone. */
    IDENTIFYING,
    /** Many values, some common, such as names: may be indexed together with another field. */
    TELLING,
    /** Few values: may only narrow an index that a telling or identifying field is part of. */
    LOW,
    /** Never indexed. */
    NONE
  }

  /**
   * Why a valid value deserves a second look.
   *
   * @param code a stable word, as in {@link InvalidValue}
   * @param text the reason, for people; never the value
   */
  record Doubt(String code, String text) {}
}

package org.strongroom.policy;

/**
 * A name that the policy uses and that some collection must declare.
 *
 * @param collection the collection
 * @param fieldOrIndex the field or index in it; the collection once more for {@link
 *     Kind#COLLECTION}
 * @param line where it stands in the policy file, from 1
 */
public record Reference(String collection, String fieldOrIndex, Kind kind, int line) {
  /** What must be declared. */
  public enum Kind {
    COLLECTION,
    FIELD,
    INDEX
  }
}

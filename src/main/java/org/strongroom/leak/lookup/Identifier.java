package org.strongroom.leak.lookup;

/**
 * An identifier that a sample holds. Prints nothing.
 *
 * @param canonical the index form of the canonical text; see {@link LookupKind#canonical}
 */
public record Identifier(LookupKind kind, String canonical) {
  @Override
  public String toString() {
    return "Identifier[redacted]";
  }
}

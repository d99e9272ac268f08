package org.strongroom.schema;

import java.util.Optional;

/** What a field's declaration may say about its masked view, instead of what its type does. */
enum Mask {
  /** Nothing is hidden: a masked view shows the value. */
  NONE,
  /** Everything is hidden. */
  FULL,
  /** The first character of at least two stays. */
  FIRST,
  /** The last four characters stay, or the last half of a value shorter than eight. */
  LAST_FOUR;

  String apply(String canonical) {
    return switch (this) {
      case NONE -> canonical;
      case FULL -> FieldType.HIDDEN;
      case FIRST ->
          canonical.codePointCount(0, canonical.length()) < 2
              ? FieldType.HIDDEN
              : canonical.substring(0, canonical.offsetByCodePoints(0, 1)) + FieldType.HIDDEN;
      case LAST_FOUR -> {
        int length = canonical.codePointCount(0, canonical.length());
        int shown = Math.min(4, length / 2);
        yield FieldType.HIDDEN
            + canonical.substring(canonical.offsetByCodePoints(canonical.length(), -shown));
      }
    };
  }

  /** {@code type} in every respect but for its mask. */
  FieldType over(FieldType type) {
    return new Overridden(type, this);
  }

  private record Overridden(FieldType type, Mask mask) implements FieldType {
    @Override
    public String name() {
      return type.name();
    }

    @Override
    public String normalise(String raw) throws InvalidValue {
      return type.normalise(raw);
    }

    @Override
    public String mask(String canonical) {
      return mask.apply(canonical);
    }

    @Override
    public JsonKind json() {
      return type.json();
    }

    @Override
    public Optional<Doubt> doubt(String canonical) {
      return type.doubt(canonical);
    }

    @Override
    public String indexForm(String canonical) {
      return type.indexForm(canonical);
    }

    @Override
    public Entropy entropy() {
      return type.entropy();
    }
  }
}

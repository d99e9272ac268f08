package org.strongroom.schema;

/**
 * A postal or household address in one line: NFKC, white space folded. Not checked: whether the
 * place exists.
 */
final class AddressType implements FieldType {
  private static final int MAX_CHARS = 500;

  @Override
  public String name() {
    return "address";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    return CleanText.line(raw, MAX_CHARS);
  }

  /** Province, city and county where they are beyond doubt (see {@link Areas}); else nothing. */
  @Override
  public String mask(String canonical) {
    return canonical.substring(0, Areas.prefixLength(canonical)) + HIDDEN;
  }

  @Override
  public String indexForm(String canonical) {
    return CleanText.looseForm(canonical);
  }

  /** See {@link AddressLikeness} for the measure. */
  @Override
  public boolean near(String one, String other) {
    return AddressLikeness.near(one, other);
  }

  @Override
  public JsonKind json() {
    return JsonKind.TEXT;
  }

  @Override
  public Entropy entropy() {
    return Entropy.TELLING;
  }
}

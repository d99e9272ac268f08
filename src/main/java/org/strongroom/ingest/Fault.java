package org.strongroom.ingest;

/** What can be wrong with an element or with a whole input before any field is looked at. */
enum Fault {
  TRUNCATED("truncated", "the element ends in the middle"),
  BROKEN_UTF8("broken_utf8", "the element is not valid UTF-8"),
  TOO_LONG("too_long", "the element is longer than it may be"),
  TOO_DEEP("too_deep", "the element is nested deeper than " + Fault.MAX_DEPTH + " levels"),
  TOO_MANY_NAMES("too_many_names", "the element has too many different names"),
  DUPLICATE_KEY("duplicate_key", "the same key stands twice in one object"),
  NUL("nul", "the element holds a NUL byte"),
  NOT_AN_OBJECT("not_an_object", "the element is not a JSON object"),
  BAD_JSON("bad_json", "the element is not valid JSON"),
  LONE_SURROGATE("lone_surrogate", "an escape names half a character (a lone surrogate)"),
  SEVERAL_VALUES("several_values", "several different values for one field"),
  NO_KNOWN_FIELD("no_known_field", "no known field has a value"),
  BULK_ACTION("bulk_action", "a bulk update or delete is not a record; only index and create are"),
  CELLS("cells", "the row has another number of cells than the header"),
  BAD_ROW("bad_row", "the row is not valid CSV"),
  BAD_QUOTE("bad_quote", "text follows a closing quote"),
  UNCLOSED_QUOTE("unclosed_quote", "a quote is not closed"),
  IMAGE_MISSING("image_missing", "the image file does not exist"),
  IMAGE_OUTSIDE("image_outside", "the image file is not below the folder of the input"),
  IMAGE_TOO_LARGE("image_too_large", "the image file is too large"),
  IMAGE_UNREADABLE("image_unreadable", "the image file cannot be read"),
  IMAGE_FILE_REFUSED(
      "image_file_refused", "a file name for an image is followed only from a local file"),
  ARRAY_WITHOUT_END("truncated", "the JSON array has no end"),
  TRUNCATED_GZIP("truncated_gzip", "the gzip data ends in the middle"),
  BROKEN_GZIP("broken_gzip", "the gzip data is damaged");

  /** Levels of objects and arrays that an element may have, itself included. */
  static final int MAX_DEPTH = 64;

  private final String code;
  private final String text;

  Fault(String code, String text) {
    this.code = code;
    this.text = text;
  }

  Problem problem() {
    return new Problem(code, text);
  }

  /** The same code, with a text that says more; the text must hold no personal data. */
  Problem problem(String text) {
    return new Problem(code, text);
  }
}

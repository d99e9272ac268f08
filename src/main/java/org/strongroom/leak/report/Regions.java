package org.strongroom.leak.report;

import java.util.Optional;
import org.strongroom.schema.Areas;

/** The regions of counts: provinces by the first two digits of GB/T 2260. */
final class Regions {
  private Regions() {}

  /** The short name of the province in Chinese; empty for {@code unknown} and unknown codes. */
  static Optional<String> name(String code) {
    return Areas.provinceName(code);
  }

  /** Code and name, as a page has them. */
  static String label(String code) {
    return name(code).map(name -> code + " " + name).orElse(Shown.words(code));
  }
}

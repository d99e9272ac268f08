package org.strongroom.leak.sample;

/** Words by which exports say that there is no value. */
final class Blank {
  private Blank() {}

  static boolean isBlank(String value) {
    return switch (value.length()) {
      case 0 -> true;
      case 1 -> value.equals("-") || value.equals("/") || value.equals("无");
      case 2 -> value.equals("\\N") || value.equals("--");
      case 3 -> value.equals("N/A") || value.equals("nil");
      case 4 -> value.equalsIgnoreCase("null") || value.equals("None");
      case 6 -> value.equals("(null)") || value.equals("<null>");
      default -> false;
    };
  }
}

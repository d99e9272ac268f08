package org.strongroom.leak.sample;

import java.util.Locale;

/** What differs between the dumps of database systems. */
enum SqlDialect {
  /** Backslashes escape in texts, double quotes enclose texts. Also MariaDB. */
  MYSQL,
  /** Texts escape by doubled quotes, unless marked with E. Also SQLite and the standard. */
  STANDARD;

  /** The dialect of a dump that begins so. */
  static SqlDialect of(String prefix) {
    String upper = prefix.substring(0, Math.min(prefix.length(), 1 << 16)).toUpperCase(Locale.ROOT);
    if (upper.contains("MYSQL") || upper.contains("MARIADB") || upper.contains("ENGINE=")) {
      return MYSQL;
    }
    if (upper.contains("POSTGRESQL")
        || upper.contains("SQLITE")
        || upper.contains("PRAGMA ")
        || upper.contains(" FROM STDIN")
        || upper.contains("STANDARD_CONFORMING_STRINGS")) {
      return STANDARD;
    }
    return upper.indexOf('`') >= 0 || upper.contains("\\'") ? MYSQL : STANDARD;
  }
}

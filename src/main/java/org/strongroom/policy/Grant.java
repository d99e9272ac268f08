package org.strongroom.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;

/**
 * One entry under a role's {@code grants}.
 *
 * @param collection null where the purpose is granted without any records, for an act such as
 *     reading the audit log
 * @param show the view rules by field name, sensitivity class or {@code *}, in file order
 * @param search the line of each searchable index
 * @param line where the entry starts
 * @param collectionLine where its collection stands; the same as {@code line} where it has none
 */
record Grant(
    String purpose,
    @Nullable String collection,
    Map<String, Rule> show,
    Map<String, Integer> search,
    boolean reasonRequired,
    boolean history,
    int maxMatches,
    int line,
    int collectionLine) {
  static final String ORDINARY = "ordinary";
  static final String SENSITIVE = "sensitive";
  static final String ANY = "*";

  record Rule(View view, String key, int line) {
    /** As it would stand in the file. */
    String text() {
      return (key.equals(ANY) ? "\"*\"" : key) + ": " + view.text();
    }
  }

  Grant {
    show = Collections.unmodifiableMap(new LinkedHashMap<>(show));
    search = Collections.unmodifiableMap(new LinkedHashMap<>(search));
  }

  /** Whether {@code key} under {@code show} names a class of fields and not one field. */
  static boolean namesClass(String key) {
    return key.equals(ORDINARY) || key.equals(SENSITIVE) || key.equals(ANY);
  }

  /** The rule that decides on a field; null where none does, which hides it. */
  @Nullable Rule ruleFor(String field, String sensitivity) {
    if (!sensitivity.equals(ORDINARY) && !sensitivity.equals(SENSITIVE)) {
      throw new BugException("no such sensitivity class: " + sensitivity);
    }
    // A field that bears the name of a class must not be taken for the class.
    Rule rule = namesClass(field) ? null : show.get(field);
    if (rule == null) {
      rule = show.get(sensitivity);
    }
    return rule == null ? show.get(ANY) : rule;
  }
}

package org.strongroom.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry under {@code roles}, with the line it starts on. */
record Role(String name, String description, Set<Permission> acts, List<Grant> grants, int line) {
  Role {
    Set<Permission> copy = EnumSet.noneOf(Permission.class);
    copy.addAll(acts);
    acts = Collections.unmodifiableSet(copy);
    grants = List.copyOf(grants);
  }

  boolean grantsPurpose(String purpose) {
    for (Grant grant : grants) {
      if (grant.purpose().equals(purpose)) {
        return true;
      }
    }
    return false;
  }

  /** The grant for records of {@code collection}; null if there is none. */
  @Nullable Grant grantOf(String purpose, String collection) {
    for (Grant grant : grants) {
      if (grant.purpose().equals(purpose) && collection.equals(grant.collection())) {
        return grant;
      }
    }
    return null;
  }

  /**
   * The grant for an act on {@code collection} that shows no records: that of its records, or one
   * of the purpose alone; null if there is none.
   */
  @Nullable Grant grantFor(String purpose, String collection) {
    for (Grant grant : grants) {
      if (grant.purpose().equals(purpose)
          && (grant.collection() == null || collection.equals(grant.collection()))) {
        return grant;
      }
    }
    return null;
  }

  /** Why some collection outside {@link #grantOf} is denied, and which ones are not. */
  String collectionNotOpen(String purpose) {
    List<String> open = new ArrayList<>();
    for (Grant grant : grants) {
      if (grant.purpose().equals(purpose) && grant.collection() != null) {
        open.add(grant.collection());
      }
    }
    String who = "The role " + name + " with the purpose " + purpose;
    return open.isEmpty()
        ? who + " is shown no records at all."
        : who + " is shown no records of this collection. Open to it: " + open + ".";
  }

  boolean administers() {
    return acts.stream().anyMatch(Permission::administers);
  }

  /** Whether a holder can be shown personal data. */
  boolean discloses() {
    return acts.stream().anyMatch(Permission::discloses)
        || grants.stream().anyMatch(grant -> grant.collection() != null);
  }
}

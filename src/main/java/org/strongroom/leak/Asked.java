package org.strongroom.leak;

import java.util.List;
import java.util.Map;
import org.strongroom.audit.Entry;
import org.strongroom.identity.Actor;
import org.strongroom.vault.Vault;

/**
 * A check that somebody asked for.
 *
 * @param role that grants it; empty until that is known
 */
record Asked(Actor actor, String role, LeakRequest request) {
  Entry.By by() {
    return Vault.by(actor, role.isEmpty() ? null : role);
  }

  /** No records are shown, so none are counted. */
  Entry.About about() {
    return new Entry.About(request.collection(), List.of(), 0);
  }

  Entry.Basis basis() {
    return new Entry.Basis(request.purpose(), request.reason().orElse(null), null, Map.of());
  }

  @Override
  public String toString() {
    return "Asked[redacted]";
  }
}

package org.strongroom.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Whether the conditions of changes hold, against the store and the changes that are to be written
 * with them. For one group, and for the only thread that writes.
 */
final class Conditions {
  private final Store store;

  /** Whether a key is there after the changes so far. */
  private final Map<Change.Key, Boolean> changed = new HashMap<>();

  Conditions(Store store) {
    this.store = store;
  }

  boolean hold(Change change) {
    Map<Table, List<byte[]>> unchanged = new EnumMap<>(Table.class);
    for (Change.Key key : change.conditions()) {
      @Nullable Boolean there = changed.get(key);
      if (there == null) {
        unchanged.computeIfAbsent(key.table(), table -> new ArrayList<>()).add(key.key());
      } else if (there) {
        return false;
      }
    }
    for (Map.Entry<Table, List<byte[]>> keys : unchanged.entrySet()) {
      if (store.getAll(keys.getKey(), keys.getValue()).stream().anyMatch(Objects::nonNull)) {
        return false;
      }
    }
    return true;
  }

  /** Takes a change into account that is to be written before those that come. */
  void after(Change change) {
    for (Batch.Change one : change.batch().changes()) {
      changed.put(new Change.Key(one.table(), one.key()), one.value() != null);
    }
  }
}

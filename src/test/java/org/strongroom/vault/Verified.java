package org.strongroom.vault;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.strongroom.audit.Comparison;
import org.strongroom.audit.Fault;
import org.strongroom.store.StoreView;
import org.strongroom.translog.Checkpoint;

/** What a verification found. */
record Verified(Verification.Summary summary, List<Fault> faults) {
  static Verified of(World world, StoreView store, Checkpoint... saved) {
    return of(world, store, Comparison.drawn(new SecureRandom()), saved);
  }

  static Verified of(World world, StoreView store, Comparison comparison, Checkpoint... saved) {
    List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
    Verification.Listener listener =
        new Verification.Listener() {
          @Override
          public void accept(Fault fault) {
            faults.add(fault);
          }

          @Override
          public void at(double share, long entries, long versions) {
            if (share < 0 || share > 1) {
              throw new AssertionError("a share from 0 to 1");
            }
          }
        };
    Verification.Summary summary =
        Verification.run(
            store, world.sources(saved), listener, world.clock, new SecureRandom(), comparison);
    return new Verified(summary, List.copyOf(faults));
  }

  /** Code, table, subject and entry of every fault, sorted. */
  List<String> named() {
    return faults.stream().map(Verified::named).sorted().toList();
  }

  static String named(Fault fault) {
    return fault.code().text() + " " + fault.table() + " " + fault.subject() + " " + fault.entry();
  }
}

package org.strongroom.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.translog.Frontier;

/**
 * The end of the log, where entries are added with the changes they speak of. For the sequencer's
 * thread alone. Where writing throws, whether it is on disk is open.
 */
final class LogEnd {
  private final Store store;
  private final String origin;
  private final RecentWrites recent = new RecentWrites();
  private final LongAdder entries = new LongAdder();
  private final LongAdder writes = new LongAdder();

  /** The tree over the durable entries; null when a failed write left that open. */
  private @Nullable Frontier tree;

  /** Of the last entry; says as much as {@link #tree} does. */
  private long hour;

  LogEnd(Store store, String origin) {
    this.store = store;
    this.origin = origin;
  }

  /** The tree over the durable entries, read anew where a failed write left that open. */
  Frontier tree() {
    Frontier edge = tree;
    if (edge == null) {
      edge = Log.recover(store);
      hour = Log.lastHour(store);
      tree = edge;
    }
    return edge;
  }

  RecentWrites recent() {
    return recent;
  }

  Sequencer.Written sums() {
    return new Sequencer.Written(entries.sum(), writes.sum());
  }

  /** Writes those of a group whose conditions hold, and answers all. */
  void write(List<Submission.One> group) {
    Batch batch = new Batch();
    Conditions conditions = new Conditions(store);
    List<Submission.One> accepted = new ArrayList<>(group.size());
    List<Receipt> receipts = new ArrayList<>(group.size());
    KeyHashes keys = new KeyHashes();
    adding(
        edge -> {
          for (Submission.One submission : group) {
            Change change = submission.change();
            if (!conditions.hold(change)) {
              boolean unused = submission.result().complete(Optional.empty());
              continue;
            }
            if (group.size() > 1) {
              conditions.after(change);
            }
            batch.addAll(change.batch());
            change.batch().changes().forEach(one -> keys.add(KeyHashes.hash(one)));
            receipts.add(append(batch, edge, submission.entry()));
            accepted.add(submission);
          }
          if (!accepted.isEmpty()) {
            store.write(batch, Store.Durability.SYNCED);
            count(accepted.size());
          }
          if (keys.size() > 0) {
            long unused = recent.add(null, keys.toArray());
          }
        });
    for (int i = 0; i < accepted.size(); i++) {
      boolean unused = accepted.get(i).result().complete(Optional.of(receipts.get(i)));
    }
  }

  /** Writes a run, if its conditions hold for certain, and answers it. */
  void write(Submission.Many many) {
    Bulk.Run run = many.run();
    if (!run.holds(recent)) {
      boolean unused = many.result().complete(Optional.empty());
      return;
    }
    List<Receipt> receipts = new ArrayList<>(run.size());
    adding(
        edge -> {
          Batch log = new Batch();
          run.entries().forEach(entry -> receipts.add(append(log, edge, entry)));
          store.ingest(run.rows(), log);
          run.written(recent);
          count(run.size());
        });
    boolean unused = many.result().complete(Optional.of(receipts));
  }

  /** Something that adds entries to the tree and writes them. */
  private interface Adding {
    void to(Frontier edge);
  }

  private void adding(Adding entriesAndRows) {
    Frontier edge = tree();
    // Until it is done, the log's end is to be read anew.
    tree = null;
    boolean done = false;
    try {
      entriesAndRows.to(edge);
      tree = edge;
      done = true;
    } finally {
      if (!done) {
        recent.addUncertain();
      }
    }
  }

  private Receipt append(Batch batch, Frontier edge, SealedEntry entry) {
    Receipt receipt = new Receipt(origin, edge.size());
    if (entry.hour() != hour) {
      hour = entry.hour();
      Log.mark(batch, edge.size(), hour);
    }
    Log.append(batch, edge, entry.leaf(), entry.terms(), entry.rowList());
    return receipt;
  }

  private void count(int written) {
    entries.add(written);
    writes.increment();
  }
}

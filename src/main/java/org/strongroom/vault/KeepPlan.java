package org.strongroom.vault;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Id;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;

/**
 * A batch of records, sealed and ready to be written, that holds as long as nothing it was planned
 * upon has changed. For one thread at a time. Made by {@link Vault#plan}, written by {@link
 * Vault#keep(KeepPlan)}.
 */
public final class KeepPlan {
  private final Entry.By by;
  private final Shelf shelf;
  private final List<ValidRecord> records;
  private final long began;
  private final Change change = new Change();
  private final List<Kept> outcomes;
  private @Nullable Id lastSubject;
  private int newSubjects;

  /**
   * @param began what {@link org.strongroom.audit.Sequencer#writes} is before anything is read
   */
  KeepPlan(Entry.By by, Shelf shelf, List<ValidRecord> records, long began) {
    this.by = by;
    this.shelf = shelf;
    this.records = records;
    this.began = began;
    this.outcomes = new ArrayList<>(records.size());
  }

  Entry.By by() {
    return by;
  }

  Shelf shelf() {
    return shelf;
  }

  List<ValidRecord> records() {
    return records;
  }

  long began() {
    return began;
  }

  Change change() {
    return change;
  }

  /** What becomes of each record once this is kept. */
  public List<Kept> outcomes() {
    return outcomes;
  }

  /** Adds a sealed version, to which the log will be held. */
  void add(Id subject, byte[] versionKey, byte[] value) {
    change.commit(Table.RECORDS, versionKey, value);
    lastSubject = subject;
  }

  /** A subject comes into being with this batch. */
  void addSubject() {
    newSubjects++;
  }

  /** Whether each record is the first of a subject of its own, whom nothing was held of before. */
  boolean isAllNew() {
    return newSubjects == records.size()
        && outcomes.stream().allMatch(kept -> kept.what() == Kept.What.KEPT);
  }

  int versions() {
    return change.committed();
  }

  /** The subject of the version added last. */
  Id subject() {
    if (lastSubject == null) {
      throw new BugException("nothing was added");
    }
    return lastSubject;
  }
}

package org.strongroom.audit;

import org.strongroom.kernel.BigEndian;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * The hours of the log's entries, newest first: runs of entries of one hour. An hour comes up again
 * where the clock was set back. For one thread; to be closed.
 */
final class HourRuns implements AutoCloseable {
  private static final byte[] ALL = {};

  private final Store.Cursor cursor;
  private long start;
  private long end;
  private long hour;

  /**
   * @param before the runs of the entries below this index, at least 1
   */
  HourRuns(Store store, long before) {
    this.cursor = store.scan(Table.AUDIT_HOURS, ALL, LogIndex.hourKey(before - 1));
    this.start = before;
  }

  /** Steps to the next older run. */
  boolean next() {
    end = start;
    if (!cursor.next()) {
      return false;
    }
    start = LogIndex.hourIndex(cursor.key());
    hour = BigEndian.getLong(cursor.value(), 0);
    return true;
  }

  /** Of its oldest entry. */
  long start() {
    return start;
  }

  /** Behind its newest entry. */
  long end() {
    return end;
  }

  long hour() {
    return hour;
  }

  @Override
  public void close() {
    cursor.close();
  }
}

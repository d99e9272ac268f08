package org.strongroom.leak;

/** Hears how far a check is, and is asked whether it is still wanted. Thread-safe. */
public interface LeakProgress {
  /** Hears nothing and never cancels. */
  LeakProgress NONE =
      new LeakProgress() {
        @Override
        public void at(long bytes, long records, long compared) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /**
   * Told again and again.
   *
   * @param bytes of the sample, as stored
   * @param records read
   * @param compared of those; they are once all are read
   */
  void at(long bytes, long records, long compared);

  /** Whether to give up; asked often. */
  boolean cancelled();
}

package org.strongroom.leak;

/** Hears how far a check is, and is asked whether it is still wanted. Thread-safe. */
public interface LeakProgress {
  /** Hears nothing and never cancels. */
  LeakProgress NONE =
      new LeakProgress() {
        @Override
        public void at(long bytes, long records) {}

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
   */
  void at(long bytes, long records);

  /** Whether to give up; asked often. */
  boolean cancelled();
}

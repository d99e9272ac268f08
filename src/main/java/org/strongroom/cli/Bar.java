package org.strongroom.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr with rate and time left; nothing where nobody looks. */
final class Bar implements AutoCloseable {
  private static final int UPDATE_MILLIS = 250;

  private final @Nullable ProgressBar bar;

  private Bar(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** What is counted. */
  enum Unit {
    RECORDS(" records", 1),
    FILES(" files", 1),
    MEBIBYTES(" MiB", 1 << 20),
    PERCENT(" %", 1);

    private final String text;
    private final long size;

    Unit(String text, long size) {
      this.text = text;
      this.size = size;
    }
  }

  /**
   * A bar from zero.
   *
   * @param total in records or bytes; -1 when it is not known
   */
  static Bar of(String task, long total, Unit unit) {
    if (!Console.isTerminal()) {
      return new Bar(null);
    }
    return new Bar(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(unit.text, unit.size)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .showSpeed()
            .build());
  }

  /** Moves to {@code done}, in records or bytes. */
  void to(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Says something beside the bar, such as the records so far. */
  void note(String text) {
    if (bar != null) {
      bar.setExtraMessage(text);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

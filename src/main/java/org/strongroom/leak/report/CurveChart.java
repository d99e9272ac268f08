package org.strongroom.leak.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The curve of how many records were true at once, in the units of an SVG that is {@value #WIDTH}
 * wide and {@value #HEIGHT} high. Public for the templates only.
 *
 * @param line path of the steps
 * @param area path of what is below them
 * @param window the band of the best window
 * @param next the band of the next best; null if there is none
 * @param rows grid lines with the count
 * @param columns grid lines with the time
 */
public record CurveChart(
    String line,
    String area,
    Band window,
    @Nullable Band next,
    List<Tick> rows,
    List<Tick> columns) {
  public static final int WIDTH = 640;
  public static final int HEIGHT = 250;
  public static final int LEFT = 58;
  public static final int RIGHT = WIDTH - 18;
  public static final int TOP = 34;
  public static final int BOTTOM = HEIGHT - 36;

  private static final double THINNEST = 3;
  private static final int LABEL = 110;
  private static final int TICK = 40;
  private static final int MOST_ROWS = 5;
  private static final int MOST_COLUMNS = 6;

  public CurveChart {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /**
   * A span of time.
   *
   * @param middle where its label stands
   * @param anchor of the label, so that it stays within the chart
   */
  public record Band(String x, String width, String middle, String anchor) {}

  /**
   * A grid line.
   *
   * @param at y of a row, x of a column
   * @param anchor of the label
   * @param odd whether its label is left out where there is little room
   */
  public record Tick(String at, String label, String anchor, boolean odd) {}

  /** A distance between columns, and how their times are written. */
  private record Step(ChronoUnit unit, int count, String pattern) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(ChronoUnit.MINUTES, 1, "HH:mm"),
          new Step(ChronoUnit.MINUTES, 5, "HH:mm"),
          new Step(ChronoUnit.MINUTES, 15, "HH:mm"),
          new Step(ChronoUnit.HOURS, 1, "HH:mm"),
          new Step(ChronoUnit.HOURS, 6, "d MMM HH:mm"),
          new Step(ChronoUnit.DAYS, 1, "d MMM"),
          new Step(ChronoUnit.DAYS, 2, "d MMM"),
          new Step(ChronoUnit.DAYS, 7, "d MMM"),
          new Step(ChronoUnit.MONTHS, 1, "MMM uuuu"),
          new Step(ChronoUnit.MONTHS, 3, "MMM uuuu"),
          new Step(ChronoUnit.MONTHS, 6, "MMM uuuu"),
          new Step(ChronoUnit.YEARS, 1, "uuuu"),
          new Step(ChronoUnit.YEARS, 5, "uuuu"),
          new Step(ChronoUnit.YEARS, 25, "uuuu"),
          new Step(ChronoUnit.YEARS, 500, "uuuu"));

  /**
   * The chart of a window.
   *
   * @param now the right end, unless the curve goes on
   * @return null when the curve has no points, or takes no time
   */
  static @Nullable CurveChart of(Report.Window window, Instant now) {
    if (window.curve().isEmpty()) {
      return null;
    }
    Instant end = window.to() == null ? now : window.to();
    Instant from = earlier(window.curve().get(0).at(), window.from());
    Instant to = later(later(window.curve().get(window.curve().size() - 1).at(), end), now);
    return from.isBefore(to) ? new Scale(from, to, highest(window)).chart(window) : null;
  }

  private static long highest(Report.Window window) {
    long most = window.curve().stream().mapToLong(Report.Point::records).max().orElse(0);
    return Math.max(1, Math.max(most, window.records()));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** From times and counts to places. */
  private record Scale(Instant from, Instant to, long most) {
    CurveChart chart(Report.Window window) {
      StringBuilder line = new StringBuilder();
      for (Report.Point point : window.curve()) {
        String y = place(y(point.records()));
        line.append(line.length() == 0 ? "M" + place(x(point.at())) + " " + y : "")
            .append("H")
            .append(place(x(point.at())))
            .append("V")
            .append(y);
      }
      line.append("H").append(place(RIGHT));
      String first = place(x(window.curve().get(0).at()));
      String area = line + "V" + BOTTOM + "H" + first + "Z";
      Report.Copy next = window.next();
      return new CurveChart(
          line.toString(),
          area,
          band(window.from(), window.to()),
          next == null ? null : band(next.from(), next.to()),
          rows(),
          columns());
    }

    private double x(Instant at) {
      double share =
          (double) Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis();
      return LEFT + Math.max(0, Math.min(1, share)) * (RIGHT - LEFT);
    }

    private double y(long records) {
      return BOTTOM - (double) records / most * (BOTTOM - TOP);
    }

    private Band band(Instant start, @Nullable Instant end) {
      double left = x(start);
      double right = end == null ? RIGHT : x(end);
      double width = Math.max(THINNEST, right - left);
      left = Math.min(left, RIGHT - width);
      double middle = left + width / 2;
      return new Band(place(left), place(width), place(middle), anchor(middle, LABEL));
    }

    private List<Tick> rows() {
      long step = 1;
      for (int i = 0; most / step >= MOST_ROWS; i++) {
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
      }
      List<Tick> rows = new ArrayList<>();
      for (long count = 0; count <= most && rows.size() <= MOST_ROWS; count += step) {
        rows.add(new Tick(place(y(count)), Shown.shortCount(count), "end", false));
      }
      return rows;
    }

    private List<Tick> columns() {
      ZonedDateTime start = from.atZone(ZoneOffset.UTC);
      for (Step step : STEPS) {
        if (step.unit().between(start, to.atZone(ZoneOffset.UTC)) / step.count() < MOST_COLUMNS) {
          return columns(first(start, step), step);
        }
      }
      return List.of();
    }

    private List<Tick> columns(ZonedDateTime first, Step step) {
      DateTimeFormatter format = DateTimeFormatter.ofPattern(step.pattern(), Locale.ENGLISH);
      List<Tick> columns = new ArrayList<>();
      for (ZonedDateTime at = first;
          !at.toInstant().isAfter(to);
          at = at.plus(step.count(), step.unit())) {
        if (!at.toInstant().isBefore(from)) {
          double x = x(at.toInstant());
          boolean odd = columns.size() % 2 == 1;
          columns.add(new Tick(place(x), format.format(at), anchor(x, TICK), odd));
        }
      }
      return columns;
    }

    /** A round time at or before the beginning. */
    private static ZonedDateTime first(ZonedDateTime start, Step step) {
      return switch (step.unit()) {
        case YEARS ->
            start
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfYear(1)
                .withYear(Math.floorDiv(start.getYear(), step.count()) * step.count());
        case MONTHS -> start.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        default -> start.truncatedTo(ChronoUnit.DAYS);
      };
    }
  }

  /** Which end of a label stands at x, when it takes as much room to either side. */
  private static String anchor(double x, int room) {
    return x < room ? "start" : x > WIDTH - room ? "end" : "middle";
  }

  private static String place(double at) {
    return String.format(Locale.ROOT, "%.1f", at);
  }
}

package org.strongroom.leak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveChartTest {
  private static final Instant START = Instant.parse("2025-02-27T13:07:11Z");

  private static CurveChart chart(Duration length, int points, long most) {
    List<Report.Point> curve = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      Instant at = START.plus(length.multipliedBy(i).dividedBy(points));
      curve.add(new Report.Point(at, most * i / points));
    }
    Instant end = START.plus(length);
    Report.Window window =
        new Report.Window(START.plus(length.dividedBy(2)), end, most, 1, null, curve);
    CurveChart chart = CurveChart.of(window, end);
    assertThat(chart).isNotNull();
    return chart == null ? new CurveChart("", "", window(), null, List.of(), List.of()) : chart;
  }

  private static CurveChart.Band window() {
    return new CurveChart.Band("0", "0", "0", "middle");
  }

  @ParameterizedTest
  @CsvSource({
    "PT2M, 1",
    "PT3H, 9",
    "PT40H, 12",
    "P5D, 100",
    "P40D, 999",
    "P400D, 248780",
    "P4000D, 1000000",
    "P40000D, 1400000000",
  })
  void of_anyLengthAndHeight_hasAFewTicksWithinTheChart(Duration length, long most) {
    CurveChart chart = chart(length, 300, most);

    assertThat(chart.rows()).hasSizeBetween(2, 6);
    assertThat(chart.columns()).hasSizeBetween(1, 6);
    assertThat(chart.columns().stream().map(CurveChart.Tick::label)).doesNotHaveDuplicates();
    for (CurveChart.Tick column : chart.columns()) {
      assertThat(Double.parseDouble(column.at()))
          .isBetween((double) CurveChart.LEFT, (double) CurveChart.RIGHT);
    }
    Pattern.compile("[MHV ]([0-9.]+)(?: ([0-9.]+))?")
        .matcher(chart.area())
        .results()
        .forEach(
            number ->
                assertThat(Double.parseDouble(number.group(1)))
                    .isBetween(0.0, (double) CurveChart.WIDTH));
    assertThat(Double.parseDouble(chart.window().x()))
        .isCloseTo((CurveChart.LEFT + CurveChart.RIGHT) / 2.0, within(2));
  }

  private static org.assertj.core.data.Offset<Double> within(double distance) {
    return org.assertj.core.data.Offset.offset(distance);
  }

  @Test
  void of_twoSteps_drawsThem() {
    Instant end = START.plusSeconds(200);
    Report.Window window =
        new Report.Window(
            START.plusSeconds(100),
            null,
            10,
            1,
            null,
            List.of(new Report.Point(START, 5), new Report.Point(START.plusSeconds(100), 10)));

    assertThat(CurveChart.of(window, end))
        .isNotNull()
        .satisfies(
            chart -> {
              assertThat(chart.line()).isEqualTo("M58.0 124.0H58.0V124.0H340.0V34.0H622.0");
              assertThat(chart.area()).isEqualTo(chart.line() + "V214H58.0Z");
              assertThat(chart.window().x()).isEqualTo("340.0");
              assertThat(chart.window().width()).isEqualTo("282.0");
            });
  }

  @Test
  void of_aMomentBeyondTheCurve_isStillSeen() {
    Instant now = START.plus(Duration.ofDays(1000));
    Report.Window window =
        new Report.Window(now.minusMillis(1), now, 1, 1, null, List.of(new Report.Point(START, 1)));

    assertThat(CurveChart.of(window, now))
        .isNotNull()
        .satisfies(
            chart -> {
              assertThat(chart.window().width()).isEqualTo("3.0");
              assertThat(chart.window().x()).isEqualTo("619.0");
              assertThat(chart.window().anchor()).isEqualTo("end");
            });
  }

  @Test
  void of_noPointsOrNoTime_isNothing() {
    Report.Window none = new Report.Window(START, null, 0, 0, null, List.of());
    Report.Window moment =
        new Report.Window(START, START, 1, 1, null, List.of(new Report.Point(START, 1)));

    assertThat(CurveChart.of(none, START)).isNull();
    assertThat(CurveChart.of(moment, START)).isNull();
  }

  @Test
  void bar_ofCounts_hasSlicesThatFillIt() {
    StackedBar bar =
        StackedBar.of(
            List.of(
                new StackedBar.Part("a", "good", 1),
                new StackedBar.Part("b", "bad", 0),
                new StackedBar.Part("c", "rest", 3),
                new StackedBar.Part("d", "rest", -5)));

    assertThat(bar.total()).isEqualTo(4);
    assertThat(bar.slices())
        .containsExactly(
            new StackedBar.Slice("a", "good", 1, "0.000", "25.000"),
            new StackedBar.Slice("c", "rest", 3, "25.000", "75.000"));
    assertThat(bar.words()).isEqualTo("a 25 %, c 75 %");
    assertThat(StackedBar.of(List.of()).words()).isEqualTo("nothing");
  }
}

package org.strongroom.leak.judge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.strongroom.leak.report.Report;

/**
 * Combinations of two of the likeliest sources, of whom each adds to the other. Corrected as if all
 * pairs had been tried, since the likeliest were chosen by the same figures. One that a narrower
 * source explains, as an agency by its user, makes no pair.
 */
final class Pairs {
  private final int examined;
  private final int control;
  private final List<Candidate> sources;
  private final double tried;

  private Pairs(int examined, int control, List<Candidate> sources) {
    this.examined = examined;
    this.control = control;
    this.sources = sources;
    this.tried = 0.5 * sources.size() * (sources.size() - 1.0);
  }

  /** What a source had been shown. */
  private record Shown(int source, BitSet examined, BitSet control) {
    Shown with(Shown other) {
      BitSet inExamined = (BitSet) examined.clone();
      BitSet inControl = (BitSet) control.clone();
      inExamined.or(other.examined);
      inControl.or(other.control);
      return new Shown(source, inExamined, inControl);
    }
  }

  /**
   * The pairs, the likeliest first.
   *
   * @param top the likeliest sources
   * @param named those that are named singly; a pair of two of them is named
   */
  static List<Report.Source> of(
      Incidence examined,
      Incidence control,
      List<Candidate> sources,
      List<Integer> top,
      Collection<Integer> named) {
    Pairs pairs = new Pairs(examined.size(), control.size(), sources);
    List<Shown> all =
        top.stream().map(i -> new Shown(i, examined.shownTo(i), control.shownTo(i))).toList();
    List<Shown> shown = all.stream().filter(one -> !pairs.isExplained(one, all)).toList();
    List<Report.Source> out = new ArrayList<>();
    for (int a = 0; a < shown.size(); a++) {
      for (int b = a + 1; b < shown.size(); b++) {
        Shown one = shown.get(a);
        Shown other = shown.get(b);
        if (pairs.adds(one, other, pairs.tried) && pairs.adds(other, one, pairs.tried)) {
          boolean both = named.contains(one.source) && named.contains(other.source);
          out.add(pairs.source(one, other, both));
        }
      }
    }
    out.sort(Comparator.comparingDouble(Report.Source::p).thenComparing(Report.Source::name));
    return out;
  }

  private boolean isExplained(Shown wide, List<Shown> all) {
    int breadth = sources.get(wide.source).breadth();
    return all.stream()
        .filter(one -> sources.get(one.source).breadth() < breadth)
        .anyMatch(narrow -> !adds(wide, narrow, sources.size()));
  }

  /** Whether one stands out even among the subjects that the other was not shown. */
  private boolean adds(Shown one, Shown other, double tests) {
    Shown either = one.with(other);
    int known = other.examined.cardinality();
    int knownControl = other.control.cardinality();
    int more = either.examined.cardinality() - known;
    int moreControl = either.control.cardinality() - knownControl;
    return SourceRanking.standsOut(
        more, examined - known, moreControl, control - knownControl, tests);
  }

  private Report.Source source(Shown one, Shown other, boolean named) {
    Shown either = one.with(other);
    int shown = either.examined.cardinality();
    int shownControl = either.control.cardinality();
    double log = ChanceTail.log(shown, examined, shownControl, control);
    double expected = (double) shownControl * examined / control;
    return new Report.Source(
        "pair",
        sources.get(one.source).name() + " + " + sources.get(other.source).name(),
        shown,
        expected,
        shownControl == 0 ? null : shown / expected,
        ChanceTail.probability(log),
        ChanceTail.probability(log + Math.log(tried)),
        named);
  }
}

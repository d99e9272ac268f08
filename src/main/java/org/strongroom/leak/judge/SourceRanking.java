package org.strongroom.leak.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.report.Report;

/**
 * Through whom a copy may have gone: of each source how much oftener it had been shown the subjects
 * of the sample than other subjects of the vault.
 *
 * <p>The probability is that of {@link ChanceTail}, corrected for the number of sources by S. Holm,
 * "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979): whatever
 * the sources have in common, on a random sample anybody at all is named in less than {@link
 * #FALSE_ALARMS} of checks. Who is named must besides have been shown {@link #LEAST_LIFT} times as
 * many as chance gives and {@link #LEAST_SHOWN} subjects; and a further one is named only for
 * subjects that nobody named before had been shown, so that who overlaps with the guilty one, or
 * contains him as an agency does, is not named for it. Of two sources that explain each other the
 * narrower is named.
 *
 * <p>Not seen: who read the disk, a backup or a screen. Needs a control group that is like the
 * sample in all but the leak; who works on the same kind of people as the sample is of will show.
 */
public final class SourceRanking {
  /** The chance that anybody is named where nobody should be. */
  public static final double FALSE_ALARMS = 0.01;

  /** Below this many subjects of the sample nobody is named, whatever the figures say. */
  public static final int LEAST_EXAMINED = 50;

  /** Who had been shown less than this many times what chance gives is not named. */
  public static final double LEAST_LIFT = 2;

  /** Who had been shown fewer subjects is not named: a handful has a reason of its own. */
  public static final int LEAST_SHOWN = 10;

  private static final int MOST_NAMED = 10;
  private static final int MOST_RANKED = 50;
  private static final int PAIRED = 30;

  /** The leak that a check must be able to find, or it says that it cannot tell. */
  private static final double TYPICAL_REACH = 0.05;

  private static final double TYPICAL_PART = 0.6;
  private static final BitSet NOBODY = new BitSet(0);

  private final Incidence examined;
  private final Incidence control;
  private final List<Candidate> sources;
  private final Evidence marginal;
  private final double[] adjusted;
  private final Integer[] order;
  private final Set<Integer> named = new LinkedHashSet<>();

  /** What the figures of each source are on some of the subjects. */
  private static final class Evidence {
    final int examined;
    final int control;
    final int[] shown;
    final int[] shownControl;

    Evidence(Incidence examined, Incidence control, BitSet outExamined, BitSet outControl) {
      this.examined = examined.size() - outExamined.cardinality();
      this.control = control.size() - outControl.cardinality();
      this.shown = examined.counts(outExamined);
      this.shownControl = control.counts(outControl);
    }

    double log(int source) {
      return ChanceTail.log(shown[source], examined, shownControl[source], control);
    }

    boolean matters(int source) {
      return isMuch(shown[source], examined, shownControl[source], control);
    }
  }

  private SourceRanking(Incidence examined, Incidence control, List<Candidate> sources) {
    this.examined = examined;
    this.control = control;
    this.sources = sources;
    this.marginal = new Evidence(examined, control, NOBODY, NOBODY);
    double[] log = new double[sources.size()];
    for (int i = 0; i < log.length; i++) {
      log[i] = marginal.log(i);
    }
    this.order =
        IntStream.range(0, log.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> log[i])
                    .thenComparingInt(i -> sources.get(i).breadth())
                    .thenComparing(i -> sources.get(i).name())
                    .thenComparingInt(i -> i))
            .toArray(Integer[]::new);
    this.adjusted = holm(log, order);
  }

  /**
   * Ranks the sources. Takes about a second for 100,000 subjects in each group and as many sources.
   *
   * @param examined for each subject of the sample that was looked up the sorted, distinct indexes
   *     in {@code sources} of those that had been shown it
   * @param control the same for subjects to compare with
   * @param sources all that there were to choose from
   * @param canaries found in the sample; one that was planted for, or shown to, one alone proves
   */
  public static Report.Sources rank(
      List<int[]> examined,
      List<int[]> control,
      List<Candidate> sources,
      List<Report.CanaryHit> canaries) {
    int count = sources.size();
    SourceRanking ranking =
        new SourceRanking(new Incidence(examined, count), new Incidence(control, count), sources);
    return ranking.judge(canaries);
  }

  private Report.Sources judge(List<Report.CanaryHit> canaries) {
    boolean enough = canTell();
    if (enough) {
      name();
    }
    Set<String> proved = SourceText.proved(canaries);
    List<Report.Source> pairs = enough ? pairs() : List.of();
    List<Report.Source> ranked =
        ranking().stream().map(i -> source(i, proved)).limit(MOST_RANKED).toList();
    String conclusion =
        !proved.isEmpty()
            ? "proved"
            : !named.isEmpty() ? "likely" : enough ? "no_one_stands_out" : "too_few";
    List<String> likely = named.stream().map(i -> sources.get(i).name()).toList();
    return new Report.Sources(
        examined.size(),
        control.size(),
        sources.size(),
        conclusion,
        SourceText.of(conclusion, likely, canaries),
        ranked,
        pairs);
  }

  /** Those named first, in the order in which they were, then the others by probability. */
  private List<Integer> ranking() {
    List<Integer> out = new ArrayList<>(named);
    for (Integer i : order) {
      if (marginal.shown[i] > 0 && !named.contains(i)) {
        out.add(i);
      }
    }
    return out;
  }

  private Report.Source source(int i, Set<String> proved) {
    double expected = (double) marginal.shownControl[i] * examined.size() / control.size();
    Candidate source = sources.get(i);
    return new Report.Source(
        source.kind(),
        source.name(),
        marginal.shown[i],
        control.size() == 0 ? 0 : expected,
        lift(marginal.shown[i], marginal.shownControl[i]),
        ChanceTail.probability(marginal.log(i)),
        ChanceTail.probability(adjusted[i]),
        named.contains(i) || proved.contains(source.name()));
  }

  private @Nullable Double lift(int shown, int shownControl) {
    return shownControl == 0
        ? null
        : (double) shown * control.size() / ((double) shownControl * examined.size());
  }

  /** Whether a typical leak would show, with these numbers of subjects and sources. */
  private boolean canTell() {
    int much = (int) (examined.size() * (TYPICAL_PART + (1 - TYPICAL_PART) * TYPICAL_REACH));
    int few = (int) Math.ceil(control.size() * TYPICAL_REACH);
    return examined.size() >= LEAST_EXAMINED
        && control.size() > 0
        && isRare(ChanceTail.log(much, examined.size(), few, control.size()), sources.size());
  }

  private void name() {
    BitSet outExamined = new BitSet();
    BitSet outControl = new BitSet();
    while (named.size() < MOST_NAMED) {
      Evidence rest = new Evidence(examined, control, outExamined, outControl);
      List<Integer> able = able(rest);
      if (able.isEmpty()) {
        return;
      }
      int next = narrowest(able, outExamined, outControl);
      named.add(next);
      outExamined.or(examined.shownTo(next));
      outControl.or(control.shownTo(next));
    }
  }

  /** Who could be named on these subjects, the likeliest first. */
  private List<Integer> able(Evidence rest) {
    double[] log = new double[sources.size()];
    List<Integer> out = new ArrayList<>();
    for (Integer i : order) {
      if (!isRare(adjusted[i], 1)) {
        break;
      }
      if (!named.contains(i) && marginal.matters(i) && rest.matters(i)) {
        log[i] = rest.log(i);
        if (isRare(log[i], sources.size())) {
          out.add(i);
        }
      }
    }
    out.sort(Comparator.comparingDouble(i -> log[i]));
    return out.subList(0, Math.min(out.size(), PAIRED));
  }

  /** The first, or a narrower one without whose subjects the first is nothing special. */
  private int narrowest(List<Integer> able, BitSet outExamined, BitSet outControl) {
    int first = able.get(0);
    for (int other : able) {
      if (sources.get(other).breadth() < sources.get(first).breadth()) {
        BitSet withoutExamined = (BitSet) outExamined.clone();
        BitSet withoutControl = (BitSet) outControl.clone();
        withoutExamined.or(examined.shownTo(other));
        withoutControl.or(control.shownTo(other));
        Evidence beside = new Evidence(examined, control, withoutExamined, withoutControl);
        if (!beside.matters(first) || !isRare(beside.log(first), sources.size())) {
          first = other;
        }
      }
    }
    return first;
  }

  private List<Report.Source> pairs() {
    List<Integer> top = Arrays.stream(order).filter(marginal::matters).limit(PAIRED).toList();
    List<Report.Source> pairs = Pairs.of(examined, control, sources, top, named);
    return pairs.subList(0, Math.min(pairs.size(), MOST_RANKED));
  }

  /** Whether so much is neither chance, in so many tests, nor too little to name anybody for. */
  static boolean standsOut(int shown, int examined, int shownControl, int control, double tests) {
    return isMuch(shown, examined, shownControl, control)
        && isRare(ChanceTail.log(shown, examined, shownControl, control), tests);
  }

  /**
   * Whether an effect is worth naming; half a subject is added so that none in control is no proof.
   */
  private static boolean isMuch(int shown, int examined, int shownControl, int control) {
    double chance = (shownControl + 0.5) / (control + 1);
    return shown >= LEAST_SHOWN && shown >= LEAST_LIFT * chance * examined;
  }

  private static boolean isRare(double log, double tests) {
    return log + Math.log(Math.max(1, tests)) < Math.log(FALSE_ALARMS);
  }

  /** Holm's step-down correction, in logarithms. */
  private static double[] holm(double[] log, Integer[] order) {
    double[] out = new double[log.length];
    double last = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < order.length; k++) {
      last = Math.max(last, Math.min(0, log[order[k]] + Math.log(order.length - k)));
      out[order[k]] = last;
    }
    return out;
  }
}

package org.strongroom.leak.judge;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.report.Report;

/** Says in words what the sources come to. */
final class SourceText {
  private SourceText() {}

  /** Who is singled out by a canary: planted for him alone, or shown to him alone. */
  static Set<String> proved(List<Report.CanaryHit> canaries) {
    Set<String> out = new TreeSet<>();
    for (Report.CanaryHit hit : canaries) {
      String one = only(hit);
      if (one != null) {
        out.add(one);
      }
    }
    return out;
  }

  private static @Nullable String only(Report.CanaryHit hit) {
    if (hit.plantedFor() != null) {
      // Also shown to somebody else, it may have gone through either.
      return hit.shownTo().stream().allMatch(hit.plantedFor()::equals) ? hit.plantedFor() : null;
    }
    return hit.shownTo().size() == 1 ? hit.shownTo().get(0) : null;
  }

  static String of(String conclusion, List<String> likely, List<Report.CanaryHit> canaries) {
    StringBuilder out = new StringBuilder();
    long planted =
        canaries.stream().filter(hit -> hit.plantedFor() != null && only(hit) != null).count();
    long lone = canaries.stream().filter(hit -> only(hit) != null).count() - planted;
    long unseen =
        canaries.stream()
            .filter(hit -> hit.plantedFor() == null && hit.shownTo().isEmpty())
            .count();
    if (conclusion.equals("proved")) {
      out.append("It went through ").append(list(List.copyOf(proved(canaries)))).append(": ");
      if (planted > 0) {
        out.append("the sample holds ").append(records(planted)).append(" planted for one alone");
      }
      if (lone > 0) {
        out.append(planted > 0 ? ", and " : "the sample holds ");
        out.append(records(lone)).append(" lying in wait that only one had been shown");
      }
      out.append(". ");
    }
    out.append(statistics(conclusion, likely));
    if (unseen > 0) {
      out.append(" The sample holds ")
          .append(records(unseen))
          .append(
              " that by the log nobody had been shown, so that a copy of the disk or of a backup,"
                  + " with the key, is to be considered.");
    }
    return out.toString();
  }

  private static String statistics(String conclusion, List<String> likely) {
    if (!likely.isEmpty()) {
      return "The subjects of the sample had been shown far oftener than chance gives to "
          + list(likely)
          + ". That is a reason to look closer, not a proof.";
    }
    return switch (conclusion) {
      case "too_few" ->
          "There are too few subjects to tell through whom it went: even someone through whom most"
              + " of it had gone would not stand out.";
      case "proved" -> "By the numbers of subjects shown nobody stands out.";
      default ->
          "Nobody stands out: no source had been shown the subjects of the sample oftener than"
              + " chance explains. It may have gone past the vault's doors, or through many hands.";
    };
  }

  private static String records(long count) {
    return count == 1 ? "a made-up resident" : count + " made-up residents";
  }

  private static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}

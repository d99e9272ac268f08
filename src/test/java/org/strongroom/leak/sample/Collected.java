package org.strongroom.leak.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.strongroom.vault.Suspect;

/** Keeps what became of rows, as {@code row: field=value ...}. */
final class Collected implements SuspectMaker.Sink {
  final List<String> suspects = new ArrayList<>();
  final List<String> none = new ArrayList<>();

  @Override
  public void suspect(int row, Suspect suspect) {
    StringBuilder out = new StringBuilder().append(row).append(':');
    for (int i = 0; i < suspect.spec().fieldCount(); i++) {
      String value = suspect.at(i);
      if (value != null) {
        out.append(' ').append(suspect.spec().field(i).name()).append('=').append(value);
      }
    }
    for (Suspect.Alternative other : suspect.others()) {
      out.append(" or ")
          .append(suspect.spec().field(other.position()).name())
          .append('=')
          .append(other.value());
    }
    suspects.add(out.toString());
  }

  @Override
  public void none(int row, Set<String> problems) {
    none.add(row + ": " + String.join(" ", problems.stream().sorted().toList()));
  }
}

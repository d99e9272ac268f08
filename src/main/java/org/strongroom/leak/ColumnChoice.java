package org.strongroom.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.leak.sample.Mapping;
import org.strongroom.leak.sample.Rows;
import org.strongroom.leak.sample.SuspectMaker;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Compared;
import org.strongroom.vault.Lead;
import org.strongroom.vault.Likeness;
import org.strongroom.vault.Matching;
import org.strongroom.vault.Suspect;

/**
 * Decides what a column is that could be one of several fields, by which of them it agrees with
 * most often in the vault.
 */
final class ColumnChoice {
  private static final int TRIED = 2_000;

  /** Points below which the choice would tell something about single people: ten that are equal. */
  private static final int LEAST = 20;

  private final Matching.Run vault;
  private final CollectionSpec spec;

  ColumnChoice(Matching.Run vault, CollectionSpec spec) {
    this.vault = vault;
    this.spec = spec;
  }

  Mapping choose(Mapping learned, List<Rows> first) {
    Mapping out = learned;
    for (int column : learned.candidates().keySet()) {
      int best = -1;
      long most = LEAST;
      // What was decided before may have left this one fewer.
      for (int position : out.candidates().getOrDefault(column, List.of())) {
        long agreeing = agreeing(out.with(column, position), position, first);
        if (agreeing > most) {
          most = agreeing;
          best = position;
        }
      }
      if (best >= 0) {
        out = out.with(column, best);
      }
    }
    return out;
  }

  private long agreeing(Mapping mapping, int position, List<Rows> first) {
    SuspectMaker maker = new SuspectMaker(spec, mapping);
    List<Suspect> suspects = new ArrayList<>();
    for (Rows rows : first) {
      if (suspects.size() < TRIED) {
        maker.make(rows, sinkTo(suspects));
      }
    }
    long out = 0;
    for (@Nullable Compared compared : compared(suspects)) {
      if (compared != null) {
        Likeness likeness = compared.field(position);
        out += likeness == Likeness.EQUAL_NOW || likeness == Likeness.EQUAL_BEFORE ? 2 : 0;
        out += likeness == Likeness.NEAR ? 1 : 0;
      }
    }
    return out;
  }

  private List<@Nullable Compared> compared(List<Suspect> suspects) {
    List<@Nullable Lead> leads = vault.seek(suspects);
    List<Suspect> known = new ArrayList<>();
    List<Lead> theirs = new ArrayList<>();
    for (int i = 0; i < leads.size(); i++) {
      @Nullable Lead lead = leads.get(i);
      if (lead != null) {
        known.add(suspects.get(i));
        theirs.add(lead);
      }
    }
    return vault.compare(known, theirs);
  }

  private static SuspectMaker.Sink sinkTo(List<Suspect> suspects) {
    return new SuspectMaker.Sink() {
      @Override
      public void suspect(int row, Suspect suspect) {
        suspects.add(suspect);
      }

      @Override
      public void none(int row, Set<String> problems) {}
    };
  }
}

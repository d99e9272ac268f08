package org.strongroom.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.strongroom.cli.LeakRegister;
import org.strongroom.identity.Actor;
import org.strongroom.leak.lookup.Leak;
import org.strongroom.leak.lookup.LeakDraft;
import org.strongroom.leak.lookup.LookupDesk;
import org.strongroom.leak.lookup.Registrar;
import org.strongroom.leak.lookup.SampleIdentifiers;
import org.strongroom.leak.sample.Sample;
import org.strongroom.leak.sample.SampleLimits;

/** The leaks of a vault that is opened in this process, for one actor. */
record LocalLeakRegister(LookupDesk desk, Actor actor) implements LeakRegister {
  @Override
  public Leak register(Path sample, LeakDraft draft, Registrar.Progress progress)
      throws IOException {
    try (Sample read = Sample.open(sample, SampleLimits.DEFAULT)) {
      return desk.register(actor, draft, new SampleIdentifiers(read, desk.clock()), progress);
    }
  }

  @Override
  public Leak withdraw(int number) {
    return desk.withdraw(actor, number);
  }

  @Override
  public List<Leak> all() {
    return desk.all(actor);
  }
}

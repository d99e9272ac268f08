package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.strongroom.leak.lookup.Leak;
import org.strongroom.leak.lookup.LeakDraft;
import org.strongroom.leak.lookup.Registrar;

/** The leaks of a vault, for who registers them. Throws as a {@link Session} does. */
public interface LeakRegister {
  /** Registers the identifiers in a file. */
  Leak register(Path sample, LeakDraft draft, Registrar.Progress progress) throws IOException;

  /** Answers a leak no longer, for good. */
  Leak withdraw(int number);

  /** All of them, also those that are not answered. */
  List<Leak> all();
}

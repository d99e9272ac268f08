package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vault that was killed while it was made does not stand in the way of making it. */
final class KilledInitTest {
  @TempDir private Path folder;

  /** Killed as soon as a file of the vault is there, as the first and as one of the last. */
  @ParameterizedTest
  @ValueSource(strings = {"vault/founding", "vault.key", "vault/store.unfinished/CURRENT"})
  void init_killed_canBeRunAgain(String file) throws Exception {
    Program program = Program.in(folder);
    Path vault = folder.resolve("vault");
    Program.Running making = program.onVault(vault).start("init");
    while (making.process().isAlive() && !Files.exists(folder.resolve(file))) {
      Thread.onSpinWait();
    }
    making.process().destroyForcibly().waitFor();

    Program.Ended again = program.run("init", "--vault", vault.toString());

    // The killed one may have been quicker: then there is a whole vault.
    if (again.exit() != 0) {
      again.failedWith("vault_exists");
    }
    assertThat(program.onVault(vault).done("collection", "list").out())
        .contains("residents", "cases", "activity");
  }
}

package org.strongroom.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.strongroom.cli.Host;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.Columns;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Importer;
import org.strongroom.ingest.Intake;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;

/** The vault of {@code strongroom demo}: synthetic residents, and one user a role. */
final class DemoVault {
  private static final long SEED = 1;
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 1);
  private static final String COLLECTION = "residents";
  private static final String LABEL = "demo";
  private static final Duration TOKENS_FOR = Duration.ofDays(30);

  private final Clock clock;
  private final SecureRandom random;

  DemoVault(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Makes the vault, or opens it and finishes what an earlier start left unfinished. */
  Host.Demo prepare(Path directory, long subjects, Progress progress) {
    Path keyFile = directory.resolveSibling(directory.getFileName() + ".key");
    boolean fresh = !Files.exists(directory.resolve(Founding.STORE));
    makeParent(directory);
    try (OpenVault vault =
        fresh
            ? OpenVault.found(directory, keyFile, clock, random)
            : OpenVault.open(directory, keyFile, clock, random)) {
      Residents residents = new Residents(SEED, AS_OF);
      if (!complete(directory)) {
        fill(vault, residents, subjects, progress);
        markComplete(directory);
      }
      return new Host.Demo(directory, keyFile, tokens(vault), example(residents), fresh);
    }
  }

  /** The first resident who has a phone. */
  private static Host.Example example(Residents residents) {
    for (long i = 0; ; i++) {
      Resident resident = residents.get(i);
      if (resident.phone() != null) {
        return new Host.Example(resident.residentId(), resident.phone());
      }
    }
  }

  private static void fill(OpenVault vault, Residents residents, long subjects, Progress progress) {
    CollectionSpec spec = vault.catalogue().spec(COLLECTION);
    ImportRequest request = new ImportRequest(COLLECTION, Map.of(), ReadOptions.DEFAULT);
    Columns columns = Importer.columns(spec, request);
    try (Intake intake =
        Intake.open("synthetic", residents.ndjson(0, subjects), columns, ReadOptions.DEFAULT)) {
      ImportSummary summary =
          new Importer(vault.vault(), LocalSession.workers())
              .run(LocalSession.operator(), spec, intake, columns, line -> {}, progress);
      if (summary.rejected() > 0) {
        throw new BugException("synthetic residents were rejected: " + summary.reasons());
      }
    } catch (IOException e) {
      throw new VaultException(ErrorCode.STORE_FAILED, "the demonstration could not be made", e);
    }
  }

  /** A fresh token for each role; those of the start before are void. */
  private static Map<String, String> tokens(OpenVault vault) {
    Actor operator = LocalSession.operator();
    Map<String, String> out = new LinkedHashMap<>();
    for (String role : vault.policies().policy().roles()) {
      String name = "demo-" + role;
      if (vault.identity().user(name).isEmpty()) {
        vault.users().add(operator, name, Set.of(role), Actor.Kind.USER, false);
      }
      vault.users().revoke(operator, name, LABEL);
      String token = vault.users().token(operator, name, Optional.of(TOKENS_FOR), LABEL).token();
      out.put(role, String.valueOf(token));
    }
    return out;
  }

  private static boolean complete(Path directory) {
    return Files.exists(marker(directory));
  }

  private static void markComplete(Path directory) {
    try {
      Files.createFile(marker(directory));
    } catch (IOException e) {
      throw new VaultException(ErrorCode.STORE_FAILED, "cannot write to " + directory, e);
    }
  }

  private static Path marker(Path directory) {
    return directory.resolve("demo-is-complete");
  }

  private static void makeParent(Path directory) {
    try {
      Files.createDirectories(directory.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new VaultException(ErrorCode.STORE_FAILED, "cannot make " + directory, e);
    }
  }
}

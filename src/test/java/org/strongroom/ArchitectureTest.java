package org.strongroom;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.keys.Custody;
import org.strongroom.store.Store;

/**
 * How the code hangs together, as rules. {@link ArchitectureViolationTest} shows that each of them
 * can fail.
 */
@NullMarked
final class ArchitectureTest {
  /** From the top. A room may use the rooms below it; rooms on one floor do not see each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("app"),
          List.of("cli", "rest", "console", "witness"),
          List.of("http"),
          List.of("leak", "rights", "backup"),
          List.of("ingest", "synthetic"),
          List.of("vault"),
          List.of("identity", "policy", "schema"),
          List.of("audit"),
          List.of("keys"),
          List.of("crypto", "translog"),
          List.of("store"),
          List.of("yaml"),
          List.of("kernel"));

  /** The packages under {@code store}: each an engine, on a floor of their own above the port. */
  private static final String ENGINES = "store engines";

  /**
   * Classes outside {@code audit} that may write to the store: whoever founds a vault, which has no
   * log yet.
   */
  private static final List<String> FOUNDERS = List.of("vault.VaultHeader");

  @TestFactory
  Stream<DynamicTest> rules_overAllOfTheCode_hold() {
    JavaClasses code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.strongroom");
    return rules("org.strongroom").stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(code)));
  }

  /**
   * Every rule.
   *
   * @param root the package that holds the rooms
   */
  static List<ArchRule> rules(String root) {
    return List.of(
        roomsUseOnlyRoomsBelow(root),
        onlyTheRocksRoomSeesRocksDb(root),
        secretsAreOpenedWhereTheyAreUsed(root),
        onlyTheVaultHoldsSealerAndCustody(root),
        onlyTheVaultSealsAndOpensRecords(root),
        onlyTheSequencerWrites(root),
        randomnessComesIn(root),
        predictableRandomnessIsForSyntheticDataOnly(root),
        timeComesIn(root),
        onlyTheCommandLinePrints(root),
        noLegacyLoggingAndNoInternals());
  }

  static LayeredArchitecture roomsUseOnlyRoomsBelow(String root) {
    LayeredArchitecture rooms =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .ensureAllClassesAreContainedInArchitectureIgnoring(
                describe("package-info", type -> type.getSimpleName().equals("package-info")));
    List<String> above = new ArrayList<>();
    for (List<String> floor : FLOORS) {
      if (floor.contains("store")) {
        rooms = rooms.layer(ENGINES).definedBy(root + ".store.*..");
        rooms = rooms.whereLayer(ENGINES).mayOnlyBeAccessedByLayers("app");
        above.add(ENGINES);
      }
      for (String room : floor) {
        String classes = room.equals("store") ? root + ".store" : root + "." + room + "..";
        rooms = rooms.layer(room).definedBy(classes);
        rooms =
            above.isEmpty()
                ? rooms.whereLayer(room).mayNotBeAccessedByAnyLayer()
                : rooms.whereLayer(room).mayOnlyBeAccessedByLayers(above.toArray(new String[0]));
      }
      above.addAll(floor);
    }
    return rooms.as("a room uses only the rooms below it, and every class is in a room");
  }

  private static ArchRule onlyTheRocksRoomSeesRocksDb(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".store.rocksdb..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .as("only store.rocksdb names RocksDB");
  }

  private static ArchRule secretsAreOpenedWhereTheyAreUsed(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "keys", "crypto", "identity"))
        .and(
            describe(
                "are not the TLS key", type -> !type.getName().equals(root + ".http.TlsMaterial")))
        .should()
        .accessTargetWhere(target(named(SecretBytes.class, "open")))
        .as("only keys, crypto and identity open secrets, and TLS its own key");
  }

  private static ArchRule onlyTheVaultHoldsSealerAndCustody(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "vault", "keys", "crypto", "app"))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Sealer.class, Custody.class)
        .as("only the vault holds a sealer and the custody of data keys; app hands them to it");
  }

  private static ArchRule onlyTheVaultSealsAndOpensRecords(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "vault", "keys", "crypto"))
        .should()
        .accessTargetWhere(
            target(named(Sealer.class, "seal", "open"))
                .or(target(named(Custody.class, "wrap", "unwrap"))))
        .as("nothing but the vault can seal or open a record");
  }

  private static ArchRule onlyTheSequencerWrites(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "audit", "store"))
        .and(
            describe(
                "are not " + FOUNDERS,
                type ->
                    FOUNDERS.stream().noneMatch(name -> type.getName().equals(root + "." + name))))
        .should()
        .accessTargetWhere(target(named(Store.class, "write")))
        .as("only audit writes to the store, together with the entry that says so");
  }

  private static ArchRule randomnessComesIn(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "app"))
        .should()
        .accessTargetWhere(
            target(named(SecureRandom.class, "<init>", "getInstance", "getInstanceStrong"))
                .or(target(named(UUID.class, "randomUUID"))))
        .as("a SecureRandom is made in app and comes in");
  }

  private static ArchRule predictableRandomnessIsForSyntheticDataOnly(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "synthetic"))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .as("only synthetic data may come from a predictable generator");
  }

  private static ArchRule timeComesIn(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "app"))
        .should()
        .accessTargetWhere(target(describe("the system's time", ArchitectureTest::tellsTheTime)))
        .as("the time is told by a Clock that is made in app and comes in");
  }

  /** Without a Clock that comes in: {@code Instant.now(clock)} is well. */
  private static boolean tellsTheTime(AccessTarget called) {
    if (!(called instanceof CodeUnitAccessTarget unit)) {
      return false;
    }
    JavaClass owner = unit.getOwner();
    if (owner.isEquivalentTo(Clock.class)) {
      return unit.getName().startsWith("system") || unit.getName().startsWith("tick");
    }
    if (owner.isEquivalentTo(System.class)) {
      return unit.getName().equals("currentTimeMillis");
    }
    return owner.getPackageName().equals("java.time")
        && unit.getName().equals("now")
        && unit.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
  }

  private static ArchRule onlyTheCommandLinePrints(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(root, "cli", "app"))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .as("only cli and app print");
  }

  private static ArchRule noLegacyLoggingAndNoInternals() {
    return classes()
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("java.util.logging..", "sun..", "jdk.internal..")
        .as("logging is by SLF4J, and the JDK's internals are left alone");
  }

  /** Calls of these, and references to them, on the type or what implements it. */
  private static DescribedPredicate<AccessTarget> named(Class<?> owner, String... names) {
    return describe(
        owner.getSimpleName() + "." + List.of(names),
        called ->
            List.of(names).contains(called.getName()) && called.getOwner().isAssignableTo(owner));
  }

  private static String[] rooms(String root, String... rooms) {
    return Stream.of(rooms).map(room -> root + "." + room + "..").toArray(String[]::new);
  }
}

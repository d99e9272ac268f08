package org.strongroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;

/** A vault is founded whole, or can be founded again. */
final class FoundingTest {
  @TempDir Path folder;

  /** Tells the time so many times, and then breaks off whatever is going on. */
  private static Clock breaking(int times) {
    AtomicInteger left = new AtomicInteger(times);
    InstantSource time =
        () -> {
          if (left.getAndDecrement() == 0) {
            throw new IllegalStateException("broken off");
          }
          return Instant.parse("2026-03-02T04:05:06Z");
        };
    return time.withZone(ZoneOffset.UTC);
  }

  private static void found(Path directory, Clock clock) {
    OpenVault.found(directory, key(directory), clock, new SecureRandom()).close();
  }

  private static Path key(Path directory) {
    return directory.resolveSibling(directory.getFileName() + ".key");
  }

  private static void requireWhole(Path directory) {
    try (OpenVault vault =
        OpenVault.open(directory, key(directory), Clock.systemUTC(), new SecureRandom())) {
      assertThat(vault.catalogue().specs()).hasSize(3);
      assertThat(vault.policies().version()).isOne();
    }
    assertThat(directory.toFile().list()).containsExactly("store");
  }

  private static void assertFails(ErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void found_brokenOffAtAnyMoment_canBeFoundedAgain() {
    int brokenOff = 0;
    for (boolean done = false; !done; ) {
      Path directory = folder.resolve("vault" + brokenOff);
      try {
        found(directory, breaking(brokenOff));
        done = true;
      } catch (IllegalStateException e) {
        assertThat(directory.resolve("store")).doesNotExist();
        assertFails(
            ErrorCode.NO_VAULT,
            () -> OpenVault.open(directory, key(directory), Clock.systemUTC(), new SecureRandom()));
        found(directory, Clock.systemUTC());
        brokenOff++;
      }
      requireWhole(directory);
    }
    // The header, the first entry, three collections and the policy at least.
    assertThat(brokenOff).isGreaterThan(5);
  }

  @Test
  void found_leftBeforeTheKey_isMade() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("vault"));
    Files.createFile(directory.resolve("founding"));
    found(directory, Clock.systemUTC());
    requireWhole(directory);
  }

  @Test
  void found_leftWithKeyAndHalfAStore_takesTheKeyAndMakesTheStoreAnew() throws IOException {
    Path directory = folder.resolve("vault");
    assertThatThrownBy(() -> found(directory, breaking(3)))
        .isInstanceOf(IllegalStateException.class);
    String key = Files.readString(key(directory));
    Files.writeString(directory.resolve("store.unfinished").resolve("CURRENT"), "half a name");

    found(directory, Clock.systemUTC());

    requireWhole(directory);
    assertThat(Files.readString(key(directory))).isEqualTo(key);
  }

  @Test
  void found_keyOfAnother_isRefusedAndLeftAlone() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("vault"));
    Files.writeString(directory.resolve("founding"), folder.resolve("other.key") + "\n");
    Files.writeString(key(directory), "somebody's key");

    assertFails(ErrorCode.KEY_FILE, () -> found(directory, Clock.systemUTC()));

    assertThat(Files.readString(key(directory))).isEqualTo("somebody's key");
    Files.delete(key(directory));
    found(directory, Clock.systemUTC());
    requireWhole(directory);
  }

  @Test
  void found_whereThereIsAnythingElse_isRefusedAndNothingIsTouched() throws IOException {
    Path vault = folder.resolve("vault");
    found(vault, Clock.systemUTC());
    assertFails(ErrorCode.VAULT_EXISTS, () -> found(vault, Clock.systemUTC()));
    requireWhole(vault);

    Path photos = Files.createDirectories(folder.resolve("photos"));
    Files.writeString(photos.resolve("one.jpg"), "not ours");
    assertFails(ErrorCode.VAULT_EXISTS, () -> found(photos, Clock.systemUTC()));
    Files.createFile(photos.resolve("founding"));
    assertFails(ErrorCode.VAULT_EXISTS, () -> found(photos, Clock.systemUTC()));
    assertThat(photos.resolve("one.jpg")).hasContent("not ours");
    assertThat(key(photos)).doesNotExist();

    Path unfinished = Files.createDirectories(folder.resolve("x").resolve("store.unfinished"));
    assertFails(ErrorCode.VAULT_EXISTS, () -> found(folder.resolve("x"), Clock.systemUTC()));
    assertThat(unfinished).exists();
  }

  @Test
  void found_whileAnotherIs_isRefused() {
    Path directory = folder.resolve("vault");
    new Founding(directory, key(directory))
        .run(
            (store, key) ->
                assertFails(ErrorCode.VAULT_IN_USE, () -> found(directory, Clock.systemUTC())));
  }

  @Test
  void found_keyInsideTheDirectory_isRefused() {
    Path directory = folder.resolve("vault");
    assertFails(
        ErrorCode.KEY_FILE,
        () ->
            OpenVault.found(
                directory, directory.resolve("key"), Clock.systemUTC(), new SecureRandom()));
    assertThat(directory).doesNotExist();
  }

  /** A vault that does not open must not leave a sequencer behind that goes on complaining. */
  @Test
  void open_vaultThatDoesNotOpen_leavesNothingRunning() throws InterruptedException {
    Path directory = folder.resolve("vault");
    found(directory, Clock.systemUTC());
    byte[] policy = "policy".getBytes(StandardCharsets.UTF_8);
    try (Store store = RocksStore.open(directory.resolve("store"))) {
      assertThat(Objects.requireNonNull(store.get(Table.META, policy))).isNotEmpty();
      store.write(
          new Batch().put(Table.META, policy, new byte[] {1, 2, 3}), Store.Durability.SYNCED);
    }
    long before = sequencers();

    assertThatThrownBy(
            () -> OpenVault.open(directory, key(directory), Clock.systemUTC(), new SecureRandom()))
        .isInstanceOf(VaultException.class);

    assertThat(sequencers()).isEqualTo(before);
  }

  private static long sequencers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().equals("sequencer"))
        .count();
  }
}

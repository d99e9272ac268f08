package org.strongroom.leak.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.app.TestVault;
import org.strongroom.audit.Fault;
import org.strongroom.crypto.OprfQuery;
import org.strongroom.crypto.Randomness;
import org.strongroom.identity.Actor;
import org.strongroom.identity.SignedIn;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Store;
import org.strongroom.store.Table;
import org.strongroom.vault.Verification;
import org.strongroom.vault.Verifier;

/** Registering leaks in a real vault, and asking about them. */
final class LookupTest {
  private static final Randomness RANDOM = new Randomness(new SecureRandom());

  private TestVault vault;
  private Actor enquirer;

  @BeforeEach
  void found(@TempDir Path directory) {
    vault = new TestVault(directory);
    enquirer = actor("enquirer");
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private Actor actor(String role) {
    String token = vault.addUser("some-" + role, role);
    return ((SignedIn) vault.identity().byToken(token)).actor();
  }

  private Leak register(LeakDraft draft, List<Leaked.Person> people) {
    try {
      return vault
          .lookups()
          .register(
              vault.operator(), draft, Leaked.source(Leaked.identifiers(people)), Leaked.UNWATCHED);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Leak> find(LookupKind kind, String raw) {
    return new Enquiry(vault.lookups().as(enquirer), RANDOM, Clock.systemUTC()).find(kind, raw);
  }

  private String range(LookupKind kind, String prefix) {
    return vault.lookups().as(enquirer).range(kind, prefix);
  }

  private static void assertFails(ErrorCode code, Runnable act) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private List<Fault> faults() {
    List<Fault> out = new ArrayList<>();
    try (Verifier.Run run = vault.verifier().begin(vault.operator(), List.of())) {
      var unused =
          run.run(
              new Verification.Listener() {
                @Override
                public void accept(Fault fault) {
                  out.add(fault);
                }

                @Override
                public void at(double share, long entries, long versions) {}
              });
    }
    return out;
  }

  // ---- asking ------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(LookupKind.class)
  void find_registeredIdentifier_namesTheLeaksThatHoldIt(LookupKind kind) {
    Leak one = register(Leaked.DRAFT, Leaked.people(0, 30));
    Leak other =
        register(new LeakDraft("Another", LocalDate.of(2025, 1, 1), ""), Leaked.people(20, 40));

    assertThat(find(kind, Leaked.people(3, 4).get(0).of(kind))).containsExactly(one);
    assertThat(find(kind, Leaked.people(25, 26).get(0).of(kind))).containsExactly(one, other);
    assertThat(find(kind, Leaked.people(35, 36).get(0).of(kind))).containsExactly(other);
    assertThat(find(kind, Leaked.people(41, 42).get(0).of(kind))).isEmpty();
    assertThat(faults()).isEmpty();
  }

  @Test
  void find_identifierWrittenOtherwise_isTheSame() {
    Leak leak = register(Leaked.DRAFT, Leaked.people(0, 1));

    assertThat(find(LookupKind.EMAIL, " person.0@example.com ")).containsExactly(leak);
    assertThat(find(LookupKind.PHONE, "+86 138 1000 0000")).containsExactly(leak);
    String id = Leaked.people(0, 1).get(0).residentId();
    assertThat(find(LookupKind.RESIDENT_ID, id.substring(0, 6) + " " + id.substring(6)))
        .containsExactly(leak);
    assertFails(ErrorCode.INVALID_VALUE, () -> find(LookupKind.PHONE, "12"));
  }

  @Test
  void leaks_registered_tellNameDateAndHowMuch() {
    register(Leaked.DRAFT, Leaked.people(0, 30));

    Leak leak = vault.lookups().as(enquirer).leaks().get(0);
    assertThat(leak.number()).isEqualTo(1);
    assertThat(leak.name()).isEqualTo("Register copy");
    assertThat(leak.date()).isEqualTo("2022-06-30");
    assertThat(leak.state()).isEqualTo(Leak.State.REGISTERED);
    assertThat(leak.extents()).extracting(Leak.Extent::identifiers).containsExactly(30L, 30L, 30L);
  }

  /** Which range was asked for, and what is in it, cannot be told from how much is answered. */
  @Test
  void range_ofEachPrefix_hasTheSameSizeAndOtherPadding() {
    register(Leaked.DRAFT, Leaked.people(0, 30));
    LookupKey held = LookupKey.ofPlain("person.3@example.com");
    String full = range(LookupKind.EMAIL, held.prefix());
    String again = range(LookupKind.EMAIL, held.prefix());
    String other = range(LookupKind.EMAIL, held.prefix().equals("ffff") ? "fffe" : "ffff");

    assertThat(full).hasSameSizeAs(other).hasSameSizeAs(again);
    assertThat(full.lines()).hasSize(LookupDesk.LINES).isSorted();
    assertThat(full.lines().filter(line -> !line.endsWith(":000")))
        .containsExactly(held.suffix() + ":001");
    assertThat(other.lines()).allMatch(line -> line.matches("[0-9a-f]{28}:000"));
    Set<String> lines = new HashSet<>(full.lines().toList());
    lines.retainAll(again.lines().toList());
    assertThat(lines).hasSize(1);
  }

  @Test
  void range_withoutAnyLeak_isPaddingAlone() {
    assertThat(range(LookupKind.PHONE, "0000").lines())
        .hasSize(LookupDesk.LINES)
        .allMatch(line -> line.endsWith(":000"));
  }

  /** With 100 leaks of one address, every answer must have room for 100 lines. */
  @Test
  void range_moreThanOneBucket_growsForAllRangesAlike() {
    for (int i = 0; i <= LookupDesk.LINES; i++) {
      register(Leaked.DRAFT, Leaked.people(0, 1));
    }
    assertThat(range(LookupKind.EMAIL, LookupKey.ofPlain("person.0@example.com").prefix()).lines())
        .hasSize(2 * LookupDesk.LINES);
    assertThat(range(LookupKind.EMAIL, "0000").lines()).hasSize(2 * LookupDesk.LINES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "000", "00000", "00g0", "+000", "٠٠٠٠"})
  void range_noPrefix_isRefused(String prefix) {
    assertFails(ErrorCode.BAD_REQUEST, () -> range(LookupKind.EMAIL, prefix));
  }

  // ---- limits ------------------------------------------------------------------------------

  private List<Bytes> blinded(int count) {
    return Stream.generate(() -> OprfQuery.of(new byte[1], RANDOM).blinded()).limit(count).toList();
  }

  @Test
  void evaluate_tooOften_isRefusedUntilTimePasses() {
    LookupPort port = vault.lookups().as(enquirer);
    assertThat(port.evaluate(blinded(10))).hasSize(10);
    assertThat(port.evaluate(blinded(10))).hasSize(10);
    assertFails(ErrorCode.TOO_MANY, () -> port.evaluate(blinded(1)));
    // Another account has its own.
    assertThat(vault.lookups().as(actor("investigator")).evaluate(blinded(1))).hasSize(1);
    vault.pass(Duration.ofMinutes(3));
    assertThat(port.evaluate(blinded(1))).hasSize(1);
    assertFails(ErrorCode.TOO_MANY, () -> port.evaluate(blinded(1)));
  }

  @Test
  void evaluate_noneOrTooManyOrNoElement_isRefused() {
    LookupPort port = vault.lookups().as(enquirer);
    assertFails(ErrorCode.BAD_REQUEST, () -> port.evaluate(List.of()));
    assertFails(ErrorCode.BAD_REQUEST, () -> port.evaluate(blinded(11)));
    assertFails(ErrorCode.INVALID_VALUE, () -> port.evaluate(List.of(Bytes.ofHex("00"))));
  }

  @Test
  void range_tooOften_isRefused() {
    for (int i = 0; i < LookupDesk.RANGES_PER_HOUR; i++) {
      assertThat(range(LookupKind.EMAIL, "0000")).isNotEmpty();
    }
    assertFails(ErrorCode.TOO_MANY, () -> range(LookupKind.EMAIL, "0000"));
  }

  // ---- who may -----------------------------------------------------------------------------

  @Test
  void everyAct_withoutItsPermission_isDenied() {
    for (Actor actor : List.of(actor("clerk"), actor("administrator"), vault.operator())) {
      LookupPort port = vault.lookups().as(actor);
      assertFails(ErrorCode.DENIED, port::leaks);
      assertFails(ErrorCode.DENIED, () -> port.range(LookupKind.EMAIL, "0000"));
      assertFails(ErrorCode.DENIED, () -> port.evaluate(blinded(1)));
    }
    assertFails(ErrorCode.DENIED, () -> vault.lookups().withdraw(enquirer, 1));
    assertFails(ErrorCode.DENIED, () -> vault.lookups().all(enquirer));
    assertThatThrownBy(
            () ->
                vault
                    .lookups()
                    .register(enquirer, Leaked.DRAFT, Leaked.source(List.of()), Leaked.UNWATCHED))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
  }

  // ---- what lies on the disk ---------------------------------------------------------------

  /** Without the key, a copy does not tell who is in a leak. */
  @Test
  void rows_ofARegisteredLeak_holdNeitherKeysNorPrefixes() {
    register(Leaked.DRAFT, Leaked.people(0, 30));
    List<byte[]> needles = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] key = LookupKey.ofPlain("person." + i + "@example.com").value().toArray();
      needles.add(java.util.Arrays.copyOfRange(key, 2, 8));
    }
    int rows = 0;
    for (Table table : Table.values()) {
      try (Store.Cursor cursor = vault.store().scan(table, new byte[0])) {
        while (cursor.next()) {
          rows += table == Table.LEAK_RANGES ? 1 : 0;
          for (byte[] needle : needles) {
            assertThat(indexOf(cursor.value(), needle)).isNegative();
            assertThat(indexOf(cursor.key(), needle)).isNegative();
          }
        }
      }
    }
    assertThat(rows).isBetween(80, 90);
  }

  private static int indexOf(byte[] in, byte[] sought) {
    for (int at = 0; at + sought.length <= in.length; at++) {
      if (java.util.Arrays.equals(in, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    return -1;
  }

  // ---- states ------------------------------------------------------------------------------

  @Test
  void withdraw_registeredLeak_isAnsweredNoLongerAndItsKeyIsGone() {
    Leak leak = register(Leaked.DRAFT, Leaked.people(0, 30));
    assertThat(find(LookupKind.EMAIL, "person.3@example.com")).hasSize(1);

    Leak withdrawn = vault.lookups().withdraw(vault.operator(), leak.number());

    assertThat(withdrawn.state()).isEqualTo(Leak.State.WITHDRAWN);
    assertThat(find(LookupKind.EMAIL, "person.3@example.com")).isEmpty();
    assertThat(vault.lookups().as(enquirer).leaks()).isEmpty();
    assertThat(
            vault
                .store()
                .get(Table.META, "leaks/001/key".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isNull();
    assertFails(ErrorCode.CONFLICT, () -> vault.lookups().withdraw(vault.operator(), 1));
    assertFails(ErrorCode.NOT_FOUND, () -> vault.lookups().withdraw(vault.operator(), 2));
    assertThat(faults()).isEmpty();
    assertThat(register(Leaked.DRAFT, Leaked.people(0, 1)).number()).isEqualTo(2);
  }

  @Test
  void register_brokenOrCancelledOrEmptySample_leavesNothing() {
    List<Identifier> some = Leaked.identifiers(Leaked.people(0, 300));
    long before = vault.markLog();
    assertThatThrownBy(
            () ->
                vault
                    .lookups()
                    .register(
                        vault.operator(), Leaked.DRAFT, Leaked.breaking(some), Leaked.UNWATCHED))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                vault
                    .lookups()
                    .register(
                        vault.operator(), Leaked.DRAFT, Leaked.source(some), Leaked.watched(500)))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertFails(ErrorCode.BAD_REQUEST, () -> register(Leaked.DRAFT, List.of()));
    assertThat(vault.markLog()).isEqualTo(before + 1);
    assertThat(vault.lookups().all(vault.operator())).isEmpty();
  }

  /** As when somebody stops it while it writes. */
  @Test
  void register_cancelledWhileItWrites_leavesAWithdrawnLeak() {
    List<Identifier> some = Leaked.identifiers(Leaked.people(0, 40));
    Registrar.Progress late =
        new Registrar.Progress() {
          @Override
          public void at(long identifiers) {}

          @Override
          public boolean cancelled() {
            return !vault.lookups().all(vault.operator()).isEmpty();
          }
        };
    assertThatThrownBy(
            () ->
                vault.lookups().register(vault.operator(), Leaked.DRAFT, Leaked.source(some), late))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(vault.lookups().all(vault.operator()))
        .singleElement()
        .satisfies(leak -> assertThat(leak.state()).isEqualTo(Leak.State.WITHDRAWN));
    assertThat(faults()).isEmpty();
  }

  @Test
  void register_repeatedIdentifiers_countOnce() {
    List<Identifier> thrice = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      thrice.addAll(Leaked.identifiers(Leaked.people(0, 20)));
    }
    try {
      Leak leak =
          vault
              .lookups()
              .register(vault.operator(), Leaked.DRAFT, Leaked.source(thrice), Leaked.UNWATCHED);
      assertThat(leak.extents())
          .extracting(Leak.Extent::identifiers)
          .containsExactly(20L, 20L, 20L);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // ---- the log -----------------------------------------------------------------------------

  @Test
  void everyAnswer_isAnEntry_thatDoesNotTellWhatWasAsked() {
    register(Leaked.DRAFT, Leaked.people(0, 3));
    long before = vault.markLog();
    assertThat(find(LookupKind.PHONE, "13810000001")).hasSize(1);
    long after = vault.markLog();

    assertThat(after - before).isEqualTo(3);
    Actor auditor = actor("auditor");
    List<String> said = new ArrayList<>();
    for (long index = before + 1; index < after; index++) {
      var entry = vault.inspection().show(auditor, index).entry();
      said.add(entry.kind() + " " + entry.actor().name() + " " + Objects.toString(entry.outcome()));
    }
    assertThat(said)
        .containsExactly(
            "leak some-enquirer looked up: 1 evaluation",
            "leak some-enquirer looked up: a range of phone");
  }
}

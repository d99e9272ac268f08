package org.strongroom.app;

import com.google.crypto.tink.Aead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.EntryCodec;
import org.strongroom.audit.Fault;
import org.strongroom.audit.LogIndex;
import org.strongroom.audit.Sequencer;
import org.strongroom.audit.Witnessed;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.KeyFile;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.keys.LocalCustody;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.store.rocksdb.RocksStore;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.VaultHeader;
import org.strongroom.vault.Verification;
import org.strongroom.vault.Verifier;
import org.strongroom.vault.WitnessBook;

/**
 * A vault directory that nobody has open, perhaps too damaged to be opened: verified by its parts,
 * without the checks that would refuse it. Nothing is written before all was looked at, and then
 * the entry that says so, where the log is sound enough to hold one.
 */
final class ClosedVault {
  private final Store store;
  private final Aead kek;
  private final Clock clock;
  private final SecureRandom random;

  private ClosedVault(Store store, Aead kek, Clock clock, SecureRandom random) {
    this.store = store;
    this.kek = kek;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Verifies as the operator.
   *
   * @throws VaultException {@code NO_VAULT}, {@code KEY_FILE}, {@code VAULT_IN_USE} or {@code
   *     STORE_FAILED}; {@code BAD_REQUEST} for a note that is no checkpoint of this log
   */
  static Verification.Summary verify(
      Path directory,
      Path keyFile,
      List<SavedNote> saved,
      Verification.Listener listener,
      Clock clock,
      SecureRandom random) {
    if (!Files.isDirectory(directory.resolve(Founding.STORE))) {
      throw new VaultException(ErrorCode.NO_VAULT, directory + " is no vault; name the right one");
    }
    Aead kek = OpenVault.kek(KeyFile.open(keyFile));
    try (Store store = RocksStore.open(directory.resolve(Founding.STORE))) {
      return new ClosedVault(store, kek, clock, random).verify(saved, listener);
    }
  }

  private Verification.Summary verify(List<SavedNote> saved, Verification.Listener listener) {
    Heard heard = new Heard(listener);
    Verification.Sources sources;
    Verification.Summary found;
    try (Store.Snapshot moment = store.snapshot()) {
      sources = Verifier.with(sources(moment), saved);
      sources =
          sources.with(
              Witnessed.ask(
                  moment,
                  sources.origin(),
                  sources.log(),
                  WitnessBook.salvage(moment, sources.keyring(), OpenVault::reach)));
      found = Verification.run(moment, sources, heard, clock, random);
    }
    return heard.logIsSound ? entered(sources, found) : found;
  }

  /** Says in the log what was found. */
  private Verification.Summary entered(Verification.Sources sources, Verification.Summary found) {
    Keyring keyring = sources.keyring();
    if (!keyring.has(Keyset.CHECKPOINT) || !keyring.has(Keyset.INDEX)) {
      return found;
    }
    LogIndex index = new LogIndex(keyring.blindIndex(LogIndex.KEY_LABEL));
    EntryCodec codec = new EntryCodec(keyring.sealer(Keyset.AUDIT), sources.origin());
    try (Sequencer sequencer =
        new Sequencer(
            store, codec, index, sources.origin(), keyring.checkpointSigner(sources.origin()))) {
      return found.with(
          sequencer.append(Verifier.entry(LocalSession.operator(), found, clock)).index());
    }
  }

  /** Which vault this is, by its header or by what its log has signed, and what keys it has. */
  private Verification.Sources sources(StoreView rows) {
    Map<Keyset, Bytes> wrapped = VaultHeader.salvageKeysets(rows);
    @Nullable Keyring best = null;
    @Nullable String origin = null;
    for (String candidate : origins(rows)) {
      Optional<Id> id = VaultHeader.idOf(candidate);
      Keyring keyring = Keyring.salvage(kek, id.orElse(new Id(0, 0)), wrapped);
      if (id.isPresent() && (best == null || keyring.size() > best.size())) {
        best = keyring;
        origin = candidate;
      }
    }
    if (best == null || origin == null) {
      throw new VaultException(
          ErrorCode.NO_VAULT,
          "there is neither a header nor a checkpoint of a vault here; restore it from a backup");
    }
    if (best.size() == 0) {
      throw new VaultException(
          ErrorCode.KEY_FILE,
          "no keyset of this vault unwraps with this key file; name the right one with --key-file");
    }
    Id id = VaultHeader.idOf(origin).orElseThrow();
    return new Verification.Sources(id, origin, best, new LocalCustody(kek, id), List.of());
  }

  private static List<String> origins(StoreView rows) {
    List<String> out = new ArrayList<>();
    try {
      out.add(VaultHeader.read(rows).origin());
    } catch (RuntimeException e) {
      // Gone or altered, which is told where it is compared.
      out.clear();
    }
    // The log has signed who it is, should the header say something else.
    out.addAll(Verification.originsSigned(rows));
    return out;
  }

  /** Whether a fault was heard that makes the log unfit for another entry. */
  private static final class Heard implements Verification.Listener {
    private final Verification.Listener out;
    private volatile boolean logIsSound = true;

    Heard(Verification.Listener out) {
      this.out = out;
    }

    @Override
    public void accept(Fault fault) {
      boolean ofData =
          fault.table() == Table.RECORDS
              || fault.table() == Table.INDEX
              || fault.table() == Table.BLOBS
              || fault.table() == Table.LEAKS
              || fault.table() == Table.LEAK_RANGES;
      logIsSound &= ofData && fault.code() != Fault.Code.UNREADABLE;
      out.accept(fault);
    }

    @Override
    public void at(double share, long entries, long versions) {
      out.at(share, entries, versions);
    }
  }
}

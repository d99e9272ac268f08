package org.strongroom.vault;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Receipt;
import org.strongroom.audit.Sequencer;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.identity.Accounts;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.keys.KeysetSealer;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/**
 * Accounts in the meta table: values sealed and bound to their key, names written as blind values,
 * every change one entry in the log. Thread-safe.
 */
public final class SealedAccounts implements Accounts {
  /** Who acts in this thread, and what they do, for the log. */
  private static final ThreadLocal<@Nullable Act> ACTS = new ThreadLocal<>();

  private final Store store;
  private final Sequencer sequencer;
  private final KeysetSealer sealer;
  private final BlindIndex names;
  private final Clock clock;

  /** An act under way, and where it stands in the log once it has written. */
  private static final class Act {
    private final Entry.By by;
    private final String what;
    private final String refused;
    private @Nullable Receipt receipt;

    Act(Entry.By by, String what, String refused) {
      this.by = by;
      this.what = what;
      this.refused = refused;
    }
  }

  /**
   * What came of an act.
   *
   * @param receipt of what it wrote last; null when it wrote nothing
   */
  public record Done<T>(T value, @Nullable Receipt receipt) {}

  public SealedAccounts(
      Store store, Sequencer sequencer, KeysetSealer sealer, BlindIndex names, Clock clock) {
    this.store = store;
    this.sequencer = sequencer;
    this.sealer = sealer;
    this.names = names;
    this.clock = clock;
  }

  /**
   * Runs {@code change} so that whatever it writes is logged as done by {@code by}. Every write
   * happens inside one.
   *
   * @param what was done, in a word or two, such as {@code added clerk.li}
   */
  public <T> Done<T> acting(Entry.By by, String what, Supplier<T> change) {
    return acting(by, what, what, change);
  }

  /**
   * {@link #acting(Entry.By, String, Supplier)} of what may be refused.
   *
   * @param refused what was tried, for the entry of a refusal that leaves something behind
   */
  <T> Done<T> acting(Entry.By by, String what, String refused, Supplier<T> change) {
    @Nullable Act around = ACTS.get();
    Act act = new Act(by, what, refused);
    ACTS.set(act);
    try {
      T value = change.get();
      return new Done<>(value, act.receipt);
    } finally {
      if (around == null) {
        ACTS.remove();
      } else {
        ACTS.set(around);
      }
    }
  }

  @Override
  public Optional<byte[]> read(String key) {
    byte[] at = at(key);
    return Optional.ofNullable(store.get(Table.META, at)).map(value -> sealer.open(value, at));
  }

  @Override
  public void write(Map<String, Optional<byte[]>> changes) {
    write(Entry.Kind.USER, changes);
  }

  /** Logged as a denial of the act under way. */
  @Override
  public void writeRefused(Map<String, Optional<byte[]>> changes) {
    write(Entry.Kind.DENIAL, changes);
  }

  private void write(Entry.Kind kind, Map<String, Optional<byte[]>> changes) {
    @Nullable Act act = ACTS.get();
    if (act == null) {
      throw new BugException("accounts change only in the name of somebody");
    }
    Change change = new Change();
    changes.forEach(
        (key, value) -> {
          byte[] at = at(key);
          if (value.isPresent()) {
            change.commit(Table.META, at, sealer.seal(value.get(), at));
          } else {
            change.commitDeletion(Table.META, at);
          }
        });
    String outcome = kind == Entry.Kind.DENIAL ? act.refused : act.what;
    act.receipt =
        sequencer.appendUnconditional(Entry.of(kind, clock.instant(), act.by, outcome), change);
  }

  /** Logs a refusal that leaves nothing else behind. */
  void refused(Entry.By by, String what) {
    Receipt unused = sequencer.append(Entry.of(Entry.Kind.DENIAL, clock.instant(), by, what));
  }

  @Override
  public List<byte[]> list(String prefix) {
    List<byte[]> out = new ArrayList<>();
    try (Store.Cursor cursor = store.scan(Table.META, Layout.meta(prefix))) {
      while (cursor.next()) {
        out.add(sealer.open(cursor.value(), cursor.key()));
      }
    }
    return out;
  }

  /** The kind as it is, the name as a blind value. */
  private byte[] at(String key) {
    int slash = key.indexOf('/') + 1;
    byte[] blind = names.blind(key.substring(slash).getBytes(StandardCharsets.UTF_8));
    return Layout.meta(key.substring(0, slash) + Bytes.owned(blind).hex());
  }
}

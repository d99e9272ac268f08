package org.strongroom.leak.lookup;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.audit.Sequencer;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.keys.KeysetSealer;
import org.strongroom.leak.lookup.Leak.State;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.vault.Declarations;

/**
 * The leaks of a vault and the key of each. Every change is an entry in the log. Thread-safe.
 *
 * <pre>
 * META  leaks/NNN       what is known of the leak, sealed
 *       leaks/NNN/1..3  the same, as it was in each of its states
 *       leaks/NNN/key   the keyset that its ranges are sealed under, wrapped; gone once withdrawn
 * </pre>
 */
public final class RegisteredLeaks {
  private static final String PREFIX = "leaks/";
  private static final int NAME_CHARS = PREFIX.length() + 3;

  private final StoreView store;
  private final Sequencer sequencer;
  private final Keyring keyring;
  private final Declarations rows;
  private final Clock clock;
  private final Map<Integer, KeysetSealer> sealers = new ConcurrentHashMap<>();
  private volatile Map<Integer, Leak> leaks;

  /** Reads what the store holds. */
  public RegisteredLeaks(StoreView store, Sequencer sequencer, Keyring keyring, Clock clock) {
    this.store = store;
    this.sequencer = sequencer;
    this.keyring = keyring;
    this.rows = new Declarations(store, keyring.sealer(Keyset.LEAKS));
    this.clock = clock;
    this.leaks = read();
  }

  private Map<Integer, Leak> read() {
    Map<Integer, Leak> out = new TreeMap<>();
    for (String name : names()) {
      Leak leak = rows.get(name, Leak.class).orElseThrow();
      out.put(leak.number(), leak);
    }
    return out;
  }

  private List<String> names() {
    List<String> out = new ArrayList<>();
    try (var cursor = store.scan(Table.META, bytes(PREFIX))) {
      while (cursor.next()) {
        if (cursor.key().length == NAME_CHARS) {
          out.add(new String(cursor.key(), StandardCharsets.UTF_8));
        }
      }
    }
    return out;
  }

  /** All of them, by number. */
  public List<Leak> all() {
    return List.copyOf(leaks.values());
  }

  /** Those that are answered, by number. */
  public List<Leak> registered() {
    return leaks.values().stream().filter(leak -> leak.state() == State.REGISTERED).toList();
  }

  /** Gives a leak its number and its key. */
  synchronized Leak begin(Entry.By by, LeakDraft draft) {
    Map<Integer, Leak> before = read();
    int number = before.keySet().stream().mapToInt(each -> each).max().orElse(0) + 1;
    if (number > Leak.MAX_NUMBER) {
      throw new VaultException(
          ErrorCode.CONFLICT, "a vault registers " + Leak.MAX_NUMBER + " leaks, and no more");
    }
    Leak leak =
        new Leak(
            number,
            draft.name(),
            draft.date().toString(),
            draft.note(),
            State.REGISTERING,
            clock.instant().toString(),
            List.of());
    Change change = new Change();
    Bytes wrapped = keyring.wrapNew(Keyset.LEAKS, keyName(number));
    change.commit(Table.META, bytes(keyName(number)), wrapped.unsafeArray());
    put(by, change, leak);
    return leak;
  }

  /** Makes what was written of the leak answered. */
  synchronized Leak complete(Entry.By by, Leak leak, List<Leak.Extent> extents) {
    Leak complete = leak.in(State.REGISTERED, clock.instant(), extents);
    put(by, new Change(), complete);
    return complete;
  }

  /**
   * Answers a leak no longer, for good, and destroys its key.
   *
   * @throws VaultException {@code NOT_FOUND}; {@code CONFLICT} when it is withdrawn already
   */
  synchronized Leak withdraw(Entry.By by, int number) {
    @Nullable Leak leak = read().get(number);
    if (leak == null) {
      throw new VaultException(ErrorCode.NOT_FOUND, "there is no leak with this number");
    }
    Leak withdrawn = leak.in(State.WITHDRAWN, clock.instant(), leak.extents());
    put(by, new Change().commitDeletion(Table.META, bytes(keyName(number))), withdrawn);
    sealers.remove(number);
    return withdrawn;
  }

  private void put(Entry.By by, Change change, Leak leak) {
    rows.put(change, name(leak.number()), leak.state().version(), leak);
    if (append(by, leak, leak.state().text(), change)) {
      leaks = read();
      return;
    }
    throw new VaultException(ErrorCode.CONFLICT, "the leak was changed meanwhile");
  }

  /** Writes ranges of a leak. */
  void write(Entry.By by, Leak leak, Change ranges) {
    append(by, leak, ranges.committed() + " ranges", ranges);
  }

  private boolean append(Entry.By by, Leak leak, String what, Change change) {
    Entry entry =
        Entry.of(Entry.Kind.LEAK, clock.instant(), by, "leak " + leak.number() + ": " + what);
    return sequencer.append(entry, change).isPresent();
  }

  /**
   * Seals and opens the ranges of a leak.
   *
   * @throws VaultException {@code CORRUPT} when its key is gone or altered
   */
  KeysetSealer sealer(int number) {
    return sealers.computeIfAbsent(
        number,
        each -> {
          byte @Nullable [] wrapped = store.get(Table.META, bytes(keyName(number)));
          if (wrapped == null) {
            throw new VaultException(ErrorCode.CORRUPT, "the key of leak " + number + " is gone");
          }
          return keyring.unwrap(Keyset.LEAKS, keyName(number), Bytes.owned(wrapped));
        });
  }

  private static String name(int number) {
    return String.format("%s%03d", PREFIX, number);
  }

  private static String keyName(int number) {
    return name(number) + "/key";
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}

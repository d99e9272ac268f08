package org.strongroom.leak.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.crypto.BlindIndex;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Keyring;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * The rows that say which keys a leak holds, one for each range that has any.
 *
 * <pre>
 * LEAK_RANGES  leak(2) blind(16)  the suffixes in the range, in ascending order, sealed
 * blind        of kind(1) range(2)
 * </pre>
 *
 * Neither range nor keys stand in clear: who has a copy of the store, and a list of addresses,
 * could otherwise tell which of them are in the leak. Thread-safe.
 */
public final class LeakRanges {
  private static final String KEY_LABEL = "leak-lookup/ranges";
  private static final int LEAK_BYTES = 2;

  private final StoreView store;
  private final RegisteredLeaks leaks;
  private final BlindIndex blind;

  public LeakRanges(StoreView store, RegisteredLeaks leaks, Keyring keyring) {
    this.store = store;
    this.leaks = leaks;
    this.blind = keyring.blindIndex(KEY_LABEL);
  }

  /**
   * Adds the row of a range.
   *
   * @param suffixes one behind the other, ascending, each once
   */
  void put(Change change, int leak, LookupKind kind, int range, byte[] suffixes) {
    byte[] row = row(leak, kind, range);
    change.commit(Table.LEAK_RANGES, row, leaks.sealer(leak).seal(suffixes, row));
  }

  /** The suffixes that each of the leaks has in a range, in the order of the leaks. */
  List<List<Bytes>> suffixes(List<Leak> of, LookupKind kind, int range) {
    List<byte[]> rows = of.stream().map(leak -> row(leak.number(), kind, range)).toList();
    List<byte @Nullable []> found = store.getAll(Table.LEAK_RANGES, rows);
    List<List<Bytes>> out = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      byte @Nullable [] ciphertext = found.get(i);
      out.add(
          ciphertext == null
              ? List.of()
              : split(leaks.sealer(of.get(i).number()).open(ciphertext, rows.get(i))));
    }
    return out;
  }

  private static List<Bytes> split(byte[] suffixes) {
    if (suffixes.length % LookupKey.SUFFIX_BYTES != 0) {
      throw new VaultException(ErrorCode.CORRUPT, "a range of a leak has not its length");
    }
    List<Bytes> out = new ArrayList<>();
    for (int at = 0; at < suffixes.length; at += LookupKey.SUFFIX_BYTES) {
      out.add(Bytes.owned(Arrays.copyOfRange(suffixes, at, at + LookupKey.SUFFIX_BYTES)));
    }
    return out;
  }

  private byte[] row(int leak, LookupKind kind, int range) {
    byte[] of = {(byte) kind.number(), (byte) (range >>> 8), (byte) range};
    byte[] out = new byte[LEAK_BYTES + BlindIndex.BLIND_BYTES];
    out[0] = (byte) (leak >>> 8);
    out[1] = (byte) leak;
    System.arraycopy(blind.blind(of), 0, out, LEAK_BYTES, BlindIndex.BLIND_BYTES);
    return out;
  }
}

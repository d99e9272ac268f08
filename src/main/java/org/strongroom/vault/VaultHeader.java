package org.strongroom.vault;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.Keyset;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * What a vault knows before any key: who it is, and its wrapped keysets.
 *
 * @param origin of its audit log
 */
public record VaultHeader(Id id, String origin, Instant foundedAt, Map<Keyset, Bytes> keysets) {
  private static final String ORIGIN = "strongroom/";
  private static final int FORMAT = 4;
  private static final byte[] KEY = Layout.meta("vault");

  public VaultHeader {
    keysets = Map.copyOf(keysets);
  }

  /** The row on disk. */
  private record Row(int format, String id, String origin, String foundedAt) {}

  public static VaultHeader founding(Id id, Instant at, Map<Keyset, Bytes> keysets) {
    return new VaultHeader(id, ORIGIN + id, at, keysets);
  }

  /** Writes the header of a new vault, synced: the one write before there is a log. */
  public void write(Store store) {
    Batch batch = new Batch();
    rows().forEach((key, value) -> batch.put(Table.META, key.toArray(), value));
    store.write(batch, Store.Durability.SYNCED);
  }

  /** The first change of a new vault, by which the log's first entry commits to the header. */
  public Change foundingChange() {
    Change change = new Change();
    rows().forEach((key, value) -> change.commit(Table.META, key.toArray(), value));
    return change;
  }

  private Map<Bytes, byte[]> rows() {
    Map<Bytes, byte[]> out = new TreeMap<>();
    Row row = new Row(FORMAT, id.toString(), origin, foundedAt.toString());
    out.put(Bytes.owned(KEY), VaultJson.write(row));
    keysets.forEach(
        (keyset, wrapped) -> out.put(Bytes.owned(keysetKey(keyset)), wrapped.toArray()));
    return out;
  }

  /**
   * Reads the header.
   *
   * @throws VaultException {@code NO_VAULT} when there is none; {@code CORRUPT} when it is of
   *     another format
   */
  public static VaultHeader read(StoreView store) {
    byte @Nullable [] json = store.get(Table.META, KEY);
    if (json == null) {
      throw new VaultException(
          ErrorCode.NO_VAULT, "there is no vault here; make one with: strongroom init");
    }
    Row row = VaultJson.read(json, Row.class);
    if (row.format() != FORMAT) {
      throw new VaultException(
          ErrorCode.CORRUPT,
          "the vault has format "
              + row.format()
              + ", this program reads "
              + FORMAT
              + "; open it with the program that made it, or make it anew and import again");
    }
    return new VaultHeader(
        Id.parse(row.id()), row.origin(), Instant.parse(row.foundedAt()), keysets(store));
  }

  private static Map<Keyset, Bytes> keysets(StoreView store) {
    Map<Keyset, Bytes> keysets = new EnumMap<>(Keyset.class);
    for (Keyset keyset : Keyset.values()) {
      byte @Nullable [] wrapped = store.get(Table.META, keysetKey(keyset));
      if (wrapped != null) {
        keysets.put(keyset, Bytes.owned(wrapped));
      }
    }
    return keysets;
  }

  /** The vault that a log's origin names; empty when it names none. */
  public static Optional<Id> idOf(String origin) {
    try {
      return origin.startsWith(ORIGIN)
          ? Optional.of(Id.parse(origin.substring(ORIGIN.length())))
          : Optional.empty();
    } catch (VaultException e) {
      return Optional.empty();
    }
  }

  /** What can still be told of a vault whose header is gone or altered: its keysets. */
  public static Map<Keyset, Bytes> salvageKeysets(StoreView store) {
    return keysets(store);
  }

  private static byte[] keysetKey(Keyset keyset) {
    return Layout.meta("keyset/" + keyset.text());
  }
}

package org.strongroom.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Fault;
import org.strongroom.audit.RowJoin;
import org.strongroom.audit.RowList;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.store.Store;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;
import org.strongroom.translog.Hashes;

/** Says of record versions that are not as the log has them what became of them. For one thread. */
final class VersionFaults {
  private static final int MAX_ALTERED = 1_000;

  private final StoreView store;

  /** How many versions may be there of which no list tells, since their list is of no use. */
  private final long unlisted;

  private final Consumer<Fault> faults;
  private final Set<Id> subjects = new HashSet<>();
  private final Set<Bytes> versions = new HashSet<>();
  private final List<RowJoin.Difference> altered = new ArrayList<>();

  /** Versions that perhaps were written by entries whose list is of no use. */
  private final List<Fault> inserted = new ArrayList<>();

  private boolean unexplained;

  VersionFaults(StoreView store, long unlisted, Consumer<Fault> faults) {
    this.store = store;
    this.unlisted = unlisted;
    this.faults = faults;
  }

  /** Whose records are not all as they should be. */
  Set<Id> subjects() {
    return subjects;
  }

  boolean named(Bytes version) {
    return versions.contains(version);
  }

  void add(RowJoin.Difference difference) {
    byte[] key = difference.key().unsafeArray();
    if (subjects.size() < SubjectCheck.MAX_REMEMBERED) {
      versions.add(difference.key());
      if (key.length >= Id.BYTES) {
        subjects.add(Id.read(key, 0));
      }
    }
    switch (difference.code()) {
      case MISSING -> missing(difference);
      case ALTERED -> {
        if (altered.size() < MAX_ALTERED) {
          altered.add(difference);
        } else {
          faults.accept(fault(Fault.Code.ALTERED, difference, "it is not as it was written"));
        }
      }
      default -> {
        Fault fault = fault(Fault.Code.INSERTED, difference, "no entry wrote it");
        if (inserted.size() < Math.min(unlisted, SubjectCheck.MAX_REMEMBERED)) {
          inserted.add(fault);
        } else {
          unexplained = true;
          faults.accept(fault);
        }
      }
    }
  }

  /** After the last difference. */
  void end() {
    if (unexplained) {
      inserted.forEach(faults);
    }
    Map<Bytes, Bytes> owners = owners();
    for (RowJoin.Difference each : altered) {
      @Nullable Bytes owner = owners.get(each.key());
      if (owner == null || owner.length() != Layout.VERSION_KEY) {
        faults.accept(fault(Fault.Code.ALTERED, each, "it is not as it was written"));
      } else if (isOlder(owner.unsafeArray(), each.key().unsafeArray())) {
        String detail = "it holds version " + Layout.versionOf(owner.unsafeArray());
        faults.accept(fault(Fault.Code.ROLLED_BACK, each, detail));
      } else {
        String detail = "it holds what belongs to " + Id.read(owner.unsafeArray(), 0);
        faults.accept(fault(Fault.Code.SWAPPED, each, detail));
      }
    }
  }

  private static boolean isOlder(byte[] version, byte[] than) {
    return Arrays.equals(version, 0, Layout.RECORD_PREFIX, than, 0, Layout.RECORD_PREFIX)
        && Layout.versionOf(version) < Layout.versionOf(than);
  }

  private static Fault fault(Fault.Code code, RowJoin.Difference of, String detail) {
    byte[] key = of.key().unsafeArray();
    boolean version = key.length == Layout.VERSION_KEY;
    return new Fault(
        code,
        Table.RECORDS,
        key.length < Id.BYTES ? null : Id.read(key, 0).toString(),
        of.context().entry(),
        version ? row(key) : of.key().hex(),
        detail);
  }

  /** Collection, record and version. */
  static String row(byte[] versionKey) {
    return Layout.collectionOf(versionKey)
        + "/"
        + new RecordId(Layout.recordOf(versionKey))
        + "/"
        + Layout.versionOf(versionKey);
  }

  /** A version that is gone and was the newest has left the record as it was before. */
  private void missing(RowJoin.Difference difference) {
    byte[] key = difference.key().unsafeArray();
    int newest = 0;
    if (key.length == Layout.VERSION_KEY) {
      byte[] record = Arrays.copyOf(key, Layout.RECORD_PREFIX);
      try (Store.Cursor cursor = store.scan(Table.RECORDS, record)) {
        if (cursor.next() && cursor.key().length == Layout.VERSION_KEY) {
          newest = Layout.versionOf(cursor.key());
        }
      }
      if (newest > 0 && newest < Layout.versionOf(key)) {
        String detail = "the record is as it was in version " + newest;
        faults.accept(fault(Fault.Code.ROLLED_BACK, difference, detail));
        return;
      }
    }
    faults.accept(fault(Fault.Code.MISSING, difference, "it is not there"));
  }

  /** For altered versions, whose value it is that they hold, where another has or had the same. */
  private Map<Bytes, Bytes> owners() {
    Map<Bytes, Bytes> out = new HashMap<>();
    Map<Bytes, Bytes> byValue = new HashMap<>();
    for (RowJoin.Difference each : altered) {
      byte @Nullable [] value = store.get(Table.RECORDS, each.key().unsafeArray());
      if (value != null) {
        byValue.put(Bytes.owned(Hashes.sha256(value)), each.key());
        for (RowJoin.Difference other : altered) {
          byte[] moved = RowList.leafHash(Table.RECORDS, other.key().unsafeArray(), value);
          if (!other.key().equals(each.key())
              && Objects.equals(Bytes.owned(moved), other.expected())) {
            out.put(each.key(), other.key());
          }
        }
      }
    }
    if (out.size() < altered.size()) {
      try (Store.Cursor cursor = store.scan(Table.RECORDS, new byte[0])) {
        while (cursor.next()) {
          Bytes key = Bytes.owned(cursor.key());
          @Nullable Bytes holder = byValue.get(Bytes.owned(Hashes.sha256(cursor.value())));
          if (holder != null && !holder.equals(key)) {
            out.putIfAbsent(holder, key);
          }
        }
      }
    }
    return out;
  }
}

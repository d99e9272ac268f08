package org.strongroom.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Change;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.schema.ValidRecord;
import org.strongroom.translog.Frontier;
import org.strongroom.translog.Hashes;

/**
 * A batch of records, sealed and ready to be written, that holds as long as nothing it was planned
 * upon has changed. For one thread at a time. Made by {@link Vault#plan}, written by {@link
 * Vault#keep(KeepPlan)}.
 */
public final class KeepPlan {
  private static final Frontier.Tiles NO_TILES = (level, number, tile) -> {};

  private final Entry.By by;
  private final Shelf shelf;
  private final List<ValidRecord> records;
  private final Change change = new Change();
  private final List<Kept> outcomes;
  private final Frontier commitments = new Frontier();
  private final MessageDigest sha256;
  private @Nullable Id lastSubject;
  private byte @Nullable [] lastCommitment;

  KeepPlan(Entry.By by, Shelf shelf, List<ValidRecord> records) {
    this.by = by;
    this.shelf = shelf;
    this.records = records;
    this.outcomes = new ArrayList<>(records.size());
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  Entry.By by() {
    return by;
  }

  Shelf shelf() {
    return shelf;
  }

  List<ValidRecord> records() {
    return records;
  }

  Change change() {
    return change;
  }

  List<Kept> outcomes() {
    return outcomes;
  }

  /** Adds a sealed version, to which the log will be held: {@code SHA-256(key || value)}. */
  void add(Id subject, byte[] versionKey, byte[] value) {
    change.putVersion(versionKey, value);
    sha256.update(versionKey);
    byte[] commitment = sha256.digest(value);
    commitments.append(Hashes.leaf(commitment), NO_TILES);
    lastSubject = subject;
    lastCommitment = commitment;
  }

  int versions() {
    return Math.toIntExact(commitments.size());
  }

  /** The subject of the version added last. */
  Id subject() {
    if (lastSubject == null) {
      throw new BugException("nothing was added");
    }
    return lastSubject;
  }

  /** The commitment of a single version, the RFC 6962 root over those of several, or none. */
  Optional<Bytes> commitment() {
    if (lastCommitment == null) {
      return Optional.empty();
    }
    return Optional.of(commitments.size() == 1 ? Bytes.owned(lastCommitment) : commitments.root());
  }
}

package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.Bytes;
import org.strongroom.policy.Permission;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;
import org.strongroom.translog.SlowTree;

/** What the log says of the records, recomputed from the rows alone. */
final class CommitmentTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The keys of the versions that an entry wrote, as noted beside the log. */
  private List<Bytes> versions(long index) {
    byte[] keys = world.store.get(Table.AUDIT_VERSIONS, BigEndian.ofLong(index));
    List<Bytes> out = new ArrayList<>();
    for (int at = 0; keys != null && at < keys.length; at += 30) {
      out.add(Bytes.owned(Arrays.copyOfRange(keys, at, at + 30)));
    }
    return out;
  }

  /** The commitment that follows from the records on disk. */
  private Bytes recomputed(List<Bytes> versions) {
    List<Bytes> leaves = new ArrayList<>();
    byte[] last = {};
    for (Bytes key : versions) {
      last = sha256(key.toArray(), world.row(Table.RECORDS, key));
      leaves.add(SlowTree.leaf(last));
    }
    return versions.size() == 1 ? Bytes.owned(last) : SlowTree.root(leaves);
  }

  @Test
  void entry_ofOneVersion_commitsToItAndNamesItsSubject() {
    Kept.Batch batch =
        world.vault.keep(
            People.CLERK,
            Permission.KEEP,
            "residents",
            List.of(world.resident(1, "李梅", People.phone(1))));

    long index = batch.receipt().index();
    Entry entry = world.log().get((int) index);
    assertThat(entry.about())
        .isEqualTo(new Entry.About("residents", List.of(batch.records().get(0).subject()), 1));
    assertThat(entry.commitment()).isEqualTo(recomputed(versions(index)));
  }

  @Test
  void entry_ofManyVersions_commitsToAllInOrder() {
    int person = 0;
    for (int size : new int[] {2, 3, 7, 255, 256, 257, 600}) {
      List<ValidRecord> records = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        records.add(world.resident(person, "李梅", People.phone(person)));
        person++;
      }
      Kept.Batch batch = world.vault.keep(People.CLERK, Permission.KEEP, "residents", records);

      long index = batch.receipt().index();
      Entry entry = world.log().get((int) index);
      assertThat(versions(index)).hasSize(size);
      assertThat(entry.about()).isEqualTo(new Entry.About("residents", List.of(), size));
      assertThat(entry.commitment()).isEqualTo(recomputed(versions(index)));
    }
  }

  @Test
  void entry_ofABatchWithUnchangedAndRejectedRecords_commitsToWhatWasWritten() {
    world.keep(world.caseOf(1, "K-1", "theft"));
    world.keep(world.caseOf(2, "K-2", "fraud"));

    Kept.Batch batch =
        world.vault.keep(
            People.CLERK,
            Permission.KEEP,
            "cases",
            List.of(
                world.caseOf(1, "K-1", "theft"),
                world.caseOf(1, "K-2", "mine now"),
                world.caseOf(1, "K-1", "arson"),
                world.caseOf(3, "K-3", "theft"),
                world.caseOf(1, "K-1", "theft")));

    long index = batch.receipt().index();
    assertThat(versions(index)).hasSize(3);
    assertThat(world.log().get((int) index).commitment()).isEqualTo(recomputed(versions(index)));
  }

  @Test
  void entry_thatHadToBePlannedAnew_commitsToWhatWasWritten() {
    KeepPlan plan =
        world.vault.plan(
            People.CLERK,
            Permission.KEEP,
            "residents",
            List.of(
                world.resident(1, "李梅", People.phone(1)), world.resident(2, "王刚", "13800000002")));
    world.keep(world.resident(1, "李玫", People.phone(1)));

    long index = world.vault.keep(plan).receipt().index();

    assertThat(world.log().get((int) index).commitment()).isEqualTo(recomputed(versions(index)));
  }

  @Test
  void versions_beside_theLog_nameEveryRecordVersionOnce() {
    world.keepAll(world.resident(1, "李梅", People.phone(1)), world.resident(2, "王刚", "13800000002"));
    world.keep(world.resident(1, "李玫", People.phone(1)));
    world.keepAll(world.caseOf(1, "K-1", "theft"), world.caseOf(1, "K-1", "fraud"));
    world.keep(world.resident(1, "李玫", People.phone(1)));

    List<Bytes> all = new ArrayList<>();
    for (long index = 0; index < world.log().size(); index++) {
      List<Bytes> versions = versions(index);
      all.addAll(versions);
      Entry entry = world.log().get((int) index);
      assertThat(entry.commitment() == null).isEqualTo(versions.isEmpty());
    }

    assertThat(all).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(all)).isEqualTo(world.rows(Table.RECORDS).keySet());
  }

  @Test
  void commitment_ofAValueThatWasAltered_isAnother() {
    long index =
        world
            .vault
            .keep(
                People.CLERK,
                Permission.KEEP,
                "residents",
                List.of(world.resident(1, "李梅", People.phone(1))))
            .receipt()
            .index();
    Bytes key = versions(index).get(0);
    byte[] value = world.row(Table.RECORDS, key).clone();
    value[9] ^= 1;
    world.overwrite(Table.RECORDS, key, value);

    assertThat(world.log().get((int) index).commitment()).isNotEqualTo(recomputed(versions(index)));
  }
}

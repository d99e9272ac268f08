package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.audit.Entry;
import org.strongroom.audit.RowList;
import org.strongroom.identity.Actor;
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

  private static byte[] leaf(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) 0);
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
    byte[] list = world.store.get(Table.AUDIT_ROWS, BigEndian.ofLong(index));
    if (list == null) {
      return List.of();
    }
    // Table, length of keys, of their common end, their number, the end; then the rest of each key
    // of 30 bytes, with its leaf hash.
    ByteBuffer rows = ByteBuffer.wrap(list);
    List<Bytes> out = new ArrayList<>();
    assertThat(new int[] {rows.get(), rows.getShort()}).isEqualTo(new int[] {3, 30});
    byte[] end = new byte[rows.getShort()];
    int count = rows.getInt();
    rows.get(end);
    assertThat(rows.remaining()).isEqualTo(count * (62 - end.length));
    while (rows.hasRemaining()) {
      byte[] key = new byte[30];
      rows.get(key, 0, 30 - end.length);
      System.arraycopy(end, 0, key, 30 - end.length, end.length);
      out.add(Bytes.owned(key));
      byte[] hash = new byte[32];
      rows.get(hash);
      assertThat(hash)
          .isEqualTo(leaf(new byte[] {3, 0, 30}, key, world.row(Table.RECORDS, Bytes.owned(key))));
    }
    return out;
  }

  /** The commitment that follows from the records on disk. */
  private Bytes recomputed(List<Bytes> versions) {
    List<Bytes> leaves = new ArrayList<>();
    for (Bytes key : versions) {
      byte[] row = world.row(Table.RECORDS, key);
      leaves.add(Bytes.owned(leaf(new byte[] {3, 0, 30}, key.toArray(), row)));
    }
    return SlowTree.root(leaves);
  }

  private @Nullable Bytes commitment(long index) {
    Entry.Written written = world.log().get((int) index).written();
    return written == null ? null : written.commitment();
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
    assertThat(commitment(index)).isEqualTo(recomputed(versions(index)));
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
      assertThat(commitment(index)).isEqualTo(recomputed(versions(index)));
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
    assertThat(commitment(index)).isEqualTo(recomputed(versions(index)));
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

    assertThat(commitment(index)).isEqualTo(recomputed(versions(index)));
  }

  @Test
  void versions_beside_theLog_nameEveryRecordVersionOnce() {
    world.keepAll(world.resident(1, "李梅", People.phone(1)), world.resident(2, "王刚", "13800000002"));
    world.keep(world.resident(1, "李玫", People.phone(1)));
    world.keepAll(world.caseOf(1, "K-1", "theft"), world.caseOf(1, "K-1", "fraud"));
    world.keep(world.resident(1, "李玫", People.phone(1)));

    List<Bytes> all = new ArrayList<>();
    for (long index = 0; index < world.log().size(); index++) {
      Entry entry = world.log().get((int) index);
      List<Bytes> versions = entry.kind() == Entry.Kind.WRITE ? versions(index) : List.of();
      all.addAll(versions);
      assertThat(versions).hasSize(entry.about() == null ? 0 : (int) entry.about().records());
    }

    assertThat(all).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(all)).isEqualTo(world.versions().keySet());
  }

  /** By the list alone: what of the meta table an entry wrote, and whether it is what is there. */
  private List<String> meta(long index) {
    List<String> out = new ArrayList<>();
    byte[] list = world.store.get(Table.AUDIT_ROWS, BigEndian.ofLong(index));
    for (RowList.Row row : RowList.read(list == null ? new byte[0] : list)) {
      byte[] value = world.rows(Table.META).get(row.key());
      byte[] hash = RowList.leafHash(row.table(), row.key().toArray(), value);
      String key = new String(row.key().toArray(), StandardCharsets.UTF_8);
      out.add(
          row.table()
              + " "
              + key.replaceAll("[0-9a-f]{32}", "blind")
              + (row.deleted() ? " deleted" : "")
              + (row.leafHash().equals(Bytes.owned(hash)) ? "" : " altered"));
    }
    return out;
  }

  @Test
  void entries_ofAccountsPolicyAndCollections_commitToTheirRows() {
    world.users.add(People.OPERATOR, "li", Set.of("clerk"), Actor.Kind.USER, true);
    long token = world.log().size() - 1L;
    world.users.revoke(People.OPERATOR, "li", "first");
    long revoked = world.log().size() - 1L;
    long policy = 0;
    while (world.log().get((int) policy).kind() != Entry.Kind.POLICY) {
      policy++;
    }

    assertThat(meta(policy)).containsExactly("META policy/1", "META policy");
    assertThat(meta(policy - 1)).hasSize(2).allMatch(row -> row.startsWith("META collection/"));
    // The account has changed since the entry that issued the token, which is gone.
    assertThat(meta(token))
        .containsExactlyInAnyOrder("META user/blind altered", "META token/blind altered");
    assertThat(meta(revoked))
        .containsExactlyInAnyOrder("META user/blind", "META token/blind deleted");
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
    List<Bytes> versions = versions(index);
    Bytes key = versions.get(0);
    byte[] value = world.row(Table.RECORDS, key).clone();
    value[9] ^= 1;
    world.overwrite(Table.RECORDS, key, value);

    assertThat(commitment(index)).isNotEqualTo(recomputed(versions));
  }
}

package org.strongroom.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.translog.SlowTree;

/** Sets of rows, against maps that hold them all. */
final class RowSumsTest {
  private static final Bytes SECRET = Bytes.owned(new byte[32]);

  private static Map<Bytes, Bytes> rows(int count, long seed) {
    Random random = new Random(seed);
    Map<Bytes, Bytes> out = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[random.nextInt(20)];
      random.nextBytes(key);
      out.put(Bytes.owned(key), SlowTree.leaf(key));
    }
    return out;
  }

  private static RowJoin.Walk walk(Map<Bytes, Bytes> rows) {
    return sink ->
        rows.forEach((key, hash) -> sink.row(key.toArray(), hash.toArray(), RowJoin.Context.NONE));
  }

  private static RowSums sums(Comparison comparison, RowJoin.Walk walk) {
    RowSums out = comparison.sums();
    walk.over((key, hash, context) -> out.add(key, hash));
    return out;
  }

  @Test
  void differing_sameRowsInAnotherOrder_areNone() {
    Comparison comparison = new Comparison(SECRET, 16, 10);
    List<Map.Entry<Bytes, Bytes>> rows = new ArrayList<>(rows(500, 1).entrySet());
    RowSums one = comparison.sums();
    rows.forEach(row -> one.add(row.getKey().toArray(), row.getValue().toArray()));
    Collections.shuffle(rows, new Random(2));
    RowSums other = comparison.sums();
    rows.forEach(row -> other.add(row.getKey().toArray(), row.getValue().toArray()));

    assertThat(one.differing(other)).isEmpty();
    other.add(new byte[] {1}, new byte[32]);
    assertThat(one.differing(other)).hasSize(1);
    one.add(new byte[] {1}, new byte[32]);
    assertThat(one.differing(other)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 1000000", "7, 10", "64, 1", "4096, 100"})
  void differences_anyPartsAndMemory_areThoseOfTheModel(int parts, long rowsAtATime) {
    Map<Bytes, Bytes> expected = rows(700, 3);
    Map<Bytes, Bytes> there = new TreeMap<>(expected);
    Random random = new Random(4);
    List<String> model = new ArrayList<>();
    for (Bytes key : new TreeSet<>(expected.keySet())) {
      int fate = random.nextInt(20);
      if (fate == 0) {
        there.remove(key);
        model.add("missing " + key);
      } else if (fate == 1) {
        there.put(key, SlowTree.leaf(new byte[] {9}));
        model.add("altered " + key);
      } else if (fate == 2) {
        expected.remove(key);
        model.add("inserted " + key);
      }
    }
    Comparison comparison = new Comparison(SECRET, parts, rowsAtATime);
    List<String> found = new ArrayList<>();
    comparison
        .join(sums(comparison, walk(expected)), sums(comparison, walk(there)))
        .differences(
            walk(expected), walk(there), each -> found.add(each.code().text() + " " + each.key()));

    assertThat(found).containsExactlyInAnyOrderElementsOf(model).hasSizeGreaterThan(60);
  }

  @Test
  void differences_keyThatIsExpectedTwice_isMissingOnce() {
    Comparison comparison = new Comparison(SECRET, 4, 100);
    byte[] key = {5};
    Bytes one = SlowTree.leaf(new byte[] {1});
    Bytes other = SlowTree.leaf(new byte[] {2});
    RowJoin.Walk twice =
        sink -> {
          sink.row(key, one.toArray(), RowJoin.Context.NONE);
          sink.row(key, other.toArray(), RowJoin.Context.NONE);
        };
    RowJoin.Walk once = walk(Map.of(Bytes.owned(key), other));
    List<Bytes> missing = new ArrayList<>();
    comparison
        .join(sums(comparison, twice), sums(comparison, once))
        .differences(
            twice, once, each -> missing.add(java.util.Objects.requireNonNull(each.expected())));

    assertThat(missing).containsExactly(one);
  }
}

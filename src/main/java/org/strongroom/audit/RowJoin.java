package org.strongroom.audit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;

/**
 * Names the rows in which two sets differ whose {@link RowSums} do: walks both sets again, and
 * holds in memory no more than the parts that differ, a bounded number of them at a time.
 */
public final class RowJoin {
  private final RowSums expected;
  private final RowSums there;
  private final long rowsAtATime;

  RowJoin(RowSums expected, RowSums there, long rowsAtATime) {
    this.expected = expected;
    this.there = there;
    this.rowsAtATime = rowsAtATime;
  }

  /** A walk over all rows of a set; the same rows each time. */
  public interface Walk {
    void over(Sink rows);
  }

  /** Takes rows. */
  public interface Sink {
    /** Takes one row; {@code hash} is as in {@link RowSums#add}. */
    void row(byte[] key, byte[] hash, Context context);
  }

  /**
   * What else is known of a row.
   *
   * @param subject whose it is
   * @param entry that wrote it
   */
  public record Context(@Nullable Id subject, @Nullable Long entry) {
    /** Nothing. */
    public static final Context NONE = new Context(null, null);
  }

  /**
   * A row that differs.
   *
   * @param expected its hash, null when the row should not be there
   * @param there its hash, null when it is not
   * @param context of the row as it should be
   */
  public record Difference(
      Bytes key, @Nullable Bytes expected, @Nullable Bytes there, Context context) {
    /** The code for rows of which no more is known. */
    public Fault.Code code() {
      return there == null
          ? Fault.Code.MISSING
          : expected == null ? Fault.Code.INSERTED : Fault.Code.ALTERED;
    }
  }

  private record Wanted(Bytes hash, Context context) {}

  /** Hands over every row that differs. */
  public void differences(Walk expectedRows, Walk rowsThere, Consumer<Difference> out) {
    List<Integer> differing = expected.differing(there);
    for (int from = 0; from < differing.size(); ) {
      BitSet parts = new BitSet();
      long rows = 0;
      do {
        int part = differing.get(from++);
        parts.set(part);
        rows += expected.rows(part);
      } while (from < differing.size() && rows + expected.rows(differing.get(from)) <= rowsAtATime);
      pass(parts, expectedRows, rowsThere, out);
    }
  }

  private void pass(BitSet parts, Walk expectedRows, Walk rowsThere, Consumer<Difference> out) {
    Map<Bytes, Wanted> wanted = new HashMap<>();
    List<Difference> twice = new ArrayList<>();
    expectedRows.over(
        (key, hash, context) -> {
          if (parts.get(RowSums.part(key, expected.parts()))) {
            Bytes of = Bytes.owned(key);
            Wanted row = new Wanted(Bytes.owned(hash), context);
            Wanted before = wanted.put(of, row);
            if (before != null && !before.hash().equals(row.hash())) {
              twice.add(new Difference(of, before.hash(), null, before.context()));
            }
          }
        });
    rowsThere.over(
        (key, hash, context) -> {
          if (parts.get(RowSums.part(key, expected.parts()))) {
            Bytes of = Bytes.owned(key);
            Bytes found = Bytes.owned(hash);
            Wanted row = wanted.remove(of);
            if (row == null) {
              out.accept(new Difference(of, null, found, Context.NONE));
            } else if (!row.hash().equals(found)) {
              out.accept(new Difference(of, row.hash(), found, row.context()));
            }
          }
        });
    twice.forEach(out);
    wanted.forEach((key, row) -> out.accept(new Difference(key, row.hash(), null, row.context())));
  }
}

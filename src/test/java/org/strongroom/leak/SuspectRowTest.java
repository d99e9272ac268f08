package org.strongroom.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.strongroom.kernel.Id;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Lead;
import org.strongroom.vault.Suspect;

final class SuspectRowTest {
  private final Random random = new Random(7);
  private final CollectionSpec spec =
      CollectionSpec.parse(
          "residents", CollectionSpec.builtInYaml("residents"), Map.of(), Clock.systemUTC());

  @Test
  void suspect_anyValues_isWhatWasWritten() {
    SuspectRow row = new SuspectRow();
    for (int i = 0; i < 2_000; i++) {
      @Nullable String[] values = new @Nullable String[spec.fieldCount()];
      for (int field = 0; field < values.length; field++) {
        values[field] = random.nextBoolean() ? text() : null;
      }
      List<Suspect.Alternative> others = new ArrayList<>();
      for (int k = random.nextInt(3); k > 0; k--) {
        others.add(new Suspect.Alternative(random.nextInt(values.length), text()));
      }
      boolean counting = random.nextBoolean();
      row.write(new Suspect(spec, values.clone(), others), i, counting);
      row.place(i * 31L);
      byte[] sought = row.bytes().clone();
      assertSame(sought, i, counting, values, others);

      List<Id> subjects = new ArrayList<>();
      for (int k = random.nextInt(16); k >= 0; k--) {
        subjects.add(new Id(random.nextLong(), random.nextLong()));
      }
      assertThat(SuspectRow.place(sought, 0)).isEqualTo(i * 31L);
      row.write(sought, 0);
      assertThat(Arrays.copyOf(row.bytes(), row.length()))
          .isEqualTo(Arrays.copyOf(sought, row.length()));

      Lead lead = new Lead(random.nextInt(5), subjects);
      row.write(sought, 0, lead);
      assertThat(SuspectRow.lead(row.bytes(), 0)).isEqualTo(lead);
      assertThat(SuspectRow.place(row.bytes(), 0)).isEqualTo(subjects.get(0).high());
      assertSame(row.bytes(), i, counting, values, others);
    }
  }

  private void assertSame(
      byte[] row,
      long number,
      boolean counting,
      @Nullable String[] values,
      List<Suspect.Alternative> others) {
    assertThat(SuspectRow.number(row, 0)).isEqualTo(number);
    assertThat(SuspectRow.counting(row, 0)).isEqualTo(counting);
    Suspect read = SuspectRow.suspect(spec, row, 0);
    for (int field = 0; field < values.length; field++) {
      assertThat(read.at(field)).isEqualTo(values[field]);
    }
    assertThat(read.others()).isEqualTo(others);
  }

  /** Of any length, and of characters that take one to four bytes. */
  private String text() {
    int length = random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(130);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.appendCodePoint(List.of((int) 'a', 0xe9, 0x738b, 0x2070e).get(random.nextInt(4)));
    }
    return out.toString();
  }
}

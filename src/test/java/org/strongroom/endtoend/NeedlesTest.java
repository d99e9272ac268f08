package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search for plaintext would find it: otherwise its finding nothing would tell nothing. */
final class NeedlesTest {
  private static final int PEOPLE = 100;
  private static final int BUFFER_BYTES = 1 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Disguise.class)
  void search_plantedInAnyDisguise_findsIt(Disguise disguise) throws IOException {
    Register register = Register.write(folder, "ndjson", PEOPLE);
    Needles needles = Needles.of(register, Files.readAllLines(register.file()), PEOPLE);
    Random random = new Random(7);
    int planted = 0;
    for (Register.Person person : register.kept().subList(0, 3)) {
      for (String field : List.of("resident_id", "name", "phone", "address")) {
        for (byte[] form : disguise.needles(person.value(field))) {
          // Around the end of a buffer, where a search could miss it.
          byte[] before = new byte[BUFFER_BYTES - 60 + random.nextInt(120)];
          random.nextBytes(before);
          Path file = Files.write(folder.resolve("planted"), before);
          Files.write(file, form, StandardOpenOption.APPEND);
          Files.write(file, new byte[random.nextInt(9)], StandardOpenOption.APPEND);
          assertThat(needles.in(List.of(file)))
              .as("%s of record %d", field, person.n())
              .isNotEmpty();
          planted++;
        }
      }
    }
    assertThat(planted).isPositive();
  }

  @Test
  void search_noise_findsNothing() throws IOException {
    Register register = Register.write(folder, "ndjson", PEOPLE);
    Needles needles = Needles.of(register, Files.readAllLines(register.file()), PEOPLE);
    byte[] noise = new byte[5 * BUFFER_BYTES];
    new Random(8).nextBytes(noise);
    assertThat(needles.in(List.of(Files.write(folder.resolve("noise"), noise)))).isEmpty();
  }
}

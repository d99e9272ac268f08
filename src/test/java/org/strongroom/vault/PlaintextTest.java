package org.strongroom.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.PlaintextScan;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Bytes;
import org.strongroom.schema.ValidRecord;
import org.strongroom.store.Table;
import org.strongroom.synthetic.Resident;
import org.strongroom.synthetic.Residents;

/** Nothing of what was kept stands in any row, whatever it is written in. */
final class PlaintextTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private List<PlaintextScan.Hit> scan(Set<String> values) {
    PlaintextScan scan = new PlaintextScan(values);
    List<PlaintextScan.Hit> out = new ArrayList<>();
    for (Table table : Table.values()) {
      for (Map.Entry<Bytes, byte[]> row : world.rows(table).entrySet()) {
        out.addAll(scan.in("a key of " + table, row.getKey().toArray()));
        out.addAll(scan.in("a value of " + table, row.getValue()));
      }
    }
    return out;
  }

  private static void add(Set<String> values, String... texts) {
    for (String text : texts) {
      if (!text.isBlank()) {
        values.add(text);
      }
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Test
  void rows_afterKeepingResidentsAndCases_holdNoneOfTheirValues() {
    Residents residents = new Residents(7, LocalDate.of(2026, 1, 1));
    Set<String> values = new LinkedHashSet<>();
    List<ValidRecord> people = new ArrayList<>();
    List<ValidRecord> cases = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Resident each = residents.get(i);
      String phone = orEmpty(each.phone());
      people.add(
          world.record(
              "residents",
              "resident_id",
              each.residentId(),
              "name",
              each.name(),
              "former_name",
              orEmpty(each.formerName()),
              "date_of_birth",
              each.dateOfBirth(),
              "ethnicity",
              each.ethnicity(),
              "address",
              each.address(),
              "phone",
              phone,
              "email",
              orEmpty(each.email()),
              "occupation",
              orEmpty(each.occupation()) + " 之一"));
      cases.add(
          world.record(
              "cases",
              "case_number",
              "A3701-2026-" + (100_000 + i),
              "resident_id",
              each.residentId(),
              "report",
              each.name() + "，电话" + phone + "，报案称在" + each.address() + "被盗"));
      add(
          values,
          each.residentId(),
          each.name(),
          orEmpty(each.formerName()),
          each.dateOfBirth(),
          each.dateOfBirth().replace("-", ""),
          each.address(),
          phone,
          phone.replace("+86", ""),
          orEmpty(each.email()),
          orEmpty(each.occupation()) + " 之一",
          "A3701-2026-" + (100_000 + i),
          "，报案称在");
    }
    world.keepAll(people);
    for (ValidRecord each : cases) {
      world.keep(each);
    }
    Resident first = residents.get(0);
    world.matches(
        People.INVESTIGATOR,
        Asking.seriousCrime()
            .where("resident_id", first.residentId())
            .reason("about " + first.name() + " " + first.residentId()));
    world.matches(
        People.CLERK,
        new Asking().where(Map.of("name", first.name(), "date_of_birth", first.dateOfBirth())));
    world.vault.sealReject(first.address().getBytes(UTF_8));
    values.addAll(Arrays.asList("case 7", "about " + first.name()));

    assertThat(scan(values)).isEmpty();
    assertThat(values).hasSizeGreaterThan(1000);
  }

  @Test
  void rows_afterManagingUsers_holdNoNameTokenOrPassword() {
    String token =
        String.valueOf(
            world
                .users
                .add(People.OPERATOR, "li.meifeng", Set.of("clerk"), Actor.Kind.USER, true)
                .token());
    world.users.password(People.OPERATOR, "li.meifeng", "correct horse battery".toCharArray());
    String code = world.users.enrolmentCode(People.OPERATOR).code();
    world.users.signIn("li.meifeng", "correct horse battery".toCharArray());

    assertThat(
            scan(
                Set.of(
                    "li.meifeng",
                    "added li.meifeng",
                    token,
                    token.substring(4, 15),
                    "correct horse battery",
                    code,
                    code.replace("-", ""),
                    "srm_",
                    "\"roles\"",
                    "clerk\"]")))
        .isEmpty();
  }

  @Test
  void scan_ofWhatStandsInTheClear_findsIt() {
    // Who the vault is, is no secret: were the scan blind, it would miss that as well.
    assertThat(scan(Set.of(world.header.origin())))
        .extracting(PlaintextScan.Hit::where)
        .contains("a value of META");
  }
}

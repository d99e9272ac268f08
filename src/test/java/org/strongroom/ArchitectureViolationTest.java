package org.strongroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Every rule of {@link ArchitectureTest} fails on the rooms that break it, and on no others. */
@NullMarked
final class ArchitectureViolationTest {
  private static final String ROOT = "org.strongroom.wrong";
  private static final JavaClasses WRONG = new ClassFileImporter().importPackages(ROOT);

  @Test
  void rules_overRoomsThatBreakThem_nameEachOffender() {
    List<ArchRule> rules = ArchitectureTest.rules(ROOT);
    assertThat(offenders(rules.get(0)))
        .containsExactly(
            "kernel.UsesTheStore",
            "store.UsesAnEngine",
            "store.memory.UsesCrypto",
            "translog.UsesItsNeighbour",
            "unlisted.InNoRoom",
            "vault.UsesAnEngine");
    assertThat(offenders(rules.get(1))).containsExactly("policy.NamesRocksDb");
    assertThat(offenders(rules.get(2))).containsExactly("policy.OpensSecrets");
    assertThat(offenders(rules.get(3))).containsExactly("rest.SealsRecords");
    assertThat(offenders(rules.get(4))).containsExactly("rest.SealsRecords");
    assertThat(offenders(rules.get(5))).containsExactly("rest.Writes");
    assertThat(offenders(rules.get(6))).containsExactly("schema.RollsDice");
    assertThat(offenders(rules.get(7))).containsExactly("schema.RollsDice");
    assertThat(offenders(rules.get(8))).containsExactly("schema.ReadsTheClock");
    assertThat(offenders(rules.get(9))).containsExactly("schema.Prints");
    assertThat(offenders(rules.get(10))).containsExactly("schema.Prints");
    assertThat(rules).hasSize(11);
  }

  @Test
  void rules_severalWaysToBreakOne_areAllSeen() {
    List<ArchRule> rules = ArchitectureTest.rules(ROOT);
    assertThat(violations(rules.get(2))).hasSize(2);
    assertThat(violations(rules.get(4))).hasSize(2);
    assertThat(violations(rules.get(5))).hasSize(2);
    assertThat(violations(rules.get(6))).hasSize(2);
    assertThat(violations(rules.get(8))).hasSize(4).noneMatch(line -> line.contains("told"));
    assertThat(violations(rules.get(9))).hasSize(2);
  }

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(WRONG).getFailureReport().getDetails();
  }

  /** The classes that the report's lines begin with, each by room and name. */
  private static List<String> offenders(ArchRule rule) {
    Pattern name = Pattern.compile("<" + Pattern.quote(ROOT) + "\\.([a-z.]+\\.[A-Za-z]+)");
    TreeSet<String> out = new TreeSet<>();
    for (String line : violations(rule)) {
      var matcher = name.matcher(line);
      assertThat(matcher.find()).as(line).isTrue();
      out.add(matcher.group(1));
    }
    return List.copyOf(out);
  }
}

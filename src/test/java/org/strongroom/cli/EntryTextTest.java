package org.strongroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.strongroom.vault.ShownEntry;

final class EntryTextTest {
  private static final String ONE = "3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c";

  private static ShownEntry disclosure(@Nullable String reason, List<String> subjects) {
    return new ShownEntry(
        17,
        "disclosure",
        "2026-03-02T04:05:06.789012Z",
        new ShownEntry.By("6b1e0a52c94d4f0f8f3b7c1d2e9a5b60", "officer.wang", "officer"),
        "residents",
        subjects,
        (long) subjects.size(),
        "case-work",
        reason,
        "phone",
        Map.of("name", "clear", "phone", "masked"),
        null,
        null);
  }

  @Test
  void line_disclosure_tellsWhenWhoWhomAndWhy() {
    assertThat(EntryText.line(disclosure("case 17", List.of(ONE))))
        .isEqualTo(
            "      17  2026-03-02T04:05:06Z  disclosure  officer.wang          residents  "
                + ONE
                + "  for case-work  because case 17");
    assertThat(EntryText.line(disclosure(null, List.of(ONE, ONE))))
        .endsWith("residents  2 subjects  for case-work");
  }

  @Test
  void line_bulkWrite_tellsHowManyRecords() {
    ShownEntry write =
        new ShownEntry(
            3,
            "write",
            "2026-03-02T04:05:06Z",
            new ShownEntry.By("0".repeat(32), "root", null),
            "residents",
            List.of(),
            1_000L,
            null,
            null,
            null,
            null,
            null,
            "00ff");
    assertThat(EntryText.line(write)).endsWith("root                  residents  1000 records");
    assertThat(EntryText.full(write)).contains("commitment  00ff\n").doesNotContain("null");
  }

  @Test
  void full_disclosure_isALineForEachPart() {
    assertThat(EntryText.full(disclosure("case 17", List.of(ONE))).lines())
        .containsExactly(
            "index       17",
            "kind        disclosure",
            "at          2026-03-02T04:05:06.789012Z",
            "actor       officer.wang (6b1e0a52c94d4f0f8f3b7c1d2e9a5b60)",
            "role        officer",
            "collection  residents",
            "records     1",
            "subject     " + ONE,
            "purpose     case-work",
            "reason      case 17",
            "searched by phone",
            "shown       name clear",
            "shown       phone masked");
  }

  /** What a reader wrote as his reason must not command the auditor's terminal. */
  @Test
  void text_reasonWithControlCharacters_doesNotReachTheTerminal() {
    ShownEntry entry = disclosure("x\u001b[2J\n\u202e17\u009b1m\u2028y", List.of(ONE));
    assertThat(EntryText.line(entry)).endsWith("because x\ufffd[2J\ufffd\ufffd17\ufffd1m\ufffdy");
    assertThat(EntryText.full(entry))
        .contains("reason      x\ufffd[2J\ufffd\ufffd17\ufffd1m\ufffdy\n");
  }
}

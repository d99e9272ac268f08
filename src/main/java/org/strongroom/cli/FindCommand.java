package org.strongroom.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.policy.View;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.FindResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom find}. */
@Command(
    name = "find",
    description = {
      "Find records by an index, or list those of a subject, newest first.",
      "Needs STRONGROOM_TOKEN. Every find, and every denial, is an entry of the audit " + "log."
    })
final class FindCommand extends VaultCommand {
  @Option(
      names = "--collection",
      required = true,
      paramLabel = "NAME",
      description = "Such as residents, cases, activity.")
  private @Nullable String collection;

  @Option(
      names = "--where",
      paramLabel = "FIELD=VALUE",
      description =
          "A field of the index; VALUE \"-\" asks, which keeps it out of the process list.")
  private Map<String, String> where = new LinkedHashMap<>();

  @Option(names = "--subject", paramLabel = "ID", description = "Instead: whose records to list.")
  private @Nullable String subject;

  @Option(
      names = "--purpose",
      required = true,
      paramLabel = "PURPOSE",
      description = "What it is for, such as identity-check.")
  private @Nullable String purpose;

  @Option(names = "--reason", paramLabel = "TEXT", description = "In words, for the log.")
  private @Nullable String reason;

  @Option(names = "--limit", paramLabel = "N", description = "Records at most. Default: 20.")
  private @Nullable Integer limit;

  @Option(names = "--after", paramLabel = "NEXT", description = "The page after this.")
  private @Nullable String after;

  @Option(names = "--history", description = "Past versions as well.")
  private boolean history;

  FindCommand(Vaults vaults, Console console) {
    super(vaults, console);
  }

  @Override
  void run(Session session) {
    Map<String, String> values = new LinkedHashMap<>();
    where.forEach(
        (field, value) ->
            values.put(field, value.equals("-") ? new String(console().secret(field)) : value));
    FindResponse answer =
        session.find(
            Objects.requireNonNull(collection),
            new FindRequest(values, subject, purpose, reason, limit, after, history));
    print(answer, text(answer));
  }

  /** A value for people; a picture by what it is. */
  private static String text(@Nullable Object value) {
    return value instanceof Map<?, ?> picture
        ? picture.get("content_type")
            + ", "
            + picture.get("width")
            + " x "
            + picture.get("height")
            + ", "
            + picture.get("bytes")
            + " bytes"
        : String.valueOf(value);
  }

  private static String text(FindResponse answer) {
    StringBuilder out = new StringBuilder();
    if (answer.matches().isEmpty()) {
      out.append("no match\n");
    }
    for (FindResponse.Found found : answer.matches()) {
      out.append("subject ").append(found.subject());
      out.append("  record ").append(found.record());
      out.append("  version ").append(found.version());
      out.append("  kept ").append(found.keptAt()).append('\n');
      found
          .views()
          .forEach(
              (field, view) -> {
                Object value = view == View.HIDDEN ? "" : text(found.fields().get(field));
                out.append(String.format("  %-18s %-7s %s%n", field, view.text(), value));
              });
    }
    if (answer.next() != null) {
      out.append("more: --after ").append(answer.next()).append('\n');
    }
    out.append("entry ").append(answer.receipt().index());
    return out.append(" of the log ").append(answer.receipt().log()).toString();
  }
}

package org.strongroom.cli;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.ingest.Problem;
import org.strongroom.ingest.RejectedLine;
import org.strongroom.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom rejects}. */
@Command(
    name = "rejects",
    description = {
      "Open the sealed records of a rejects file, with their lines and reasons, to " + "mend them.",
      "Needs STRONGROOM_TOKEN of a role with the act open-rejects; every opening is " + "logged."
    })
final class RejectsCommand extends VaultCommand {
  private static final int AT_ONCE = 500;

  /** Of sealed records in base64, beyond which no more are opened at once. */
  private static final long AT_ONCE_CHARS = 32 << 20;

  @Parameters(paramLabel = "FILE", description = "A rejects file that import wrote.")
  private @Nullable Path file;

  RejectsCommand(Vaults vaults, Console console) {
    super(vaults, console);
  }

  @Override
  void run(Session session) throws Exception {
    List<RejectedLine> lines = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(Objects.requireNonNull(file))) {
      int number = 0;
      long chars = 0;
      for (String line; (line = in.readLine()) != null; ) {
        lines.add(RejectsFile.parse(line, ++number));
        chars += line.length();
        if (lines.size() == AT_ONCE || chars > AT_ONCE_CHARS) {
          open(session, lines);
          lines.clear();
          chars = 0;
        }
      }
    }
    open(session, lines);
  }

  private void open(Session session, List<RejectedLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    List<Vault.OpenedRejects> disclosures =
        session.openRejects(
            lines.stream().map(line -> Base64.getDecoder().decode(line.ciphertext())).toList());
    Iterator<RejectedLine> line = lines.iterator();
    for (Vault.OpenedRejects disclosure : disclosures) {
      disclosure.opened().forEach(raw -> show(line.next(), raw, disclosure.receipt()));
      if (!json()) {
        console().line("opened by" + Console.entry(disclosure.receipt()).replace('\n', ' '));
      }
    }
  }

  private void show(RejectedLine line, byte[] opened, Receipt receipt) {
    String raw = new String(opened, StandardCharsets.UTF_8);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", line.file());
    json.put("line", line.line());
    json.put("reasons", line.reasons());
    json.put("raw", raw);
    json.put("receipt", receipt);
    String reasons = line.reasons().stream().map(Problem::code).collect(Collectors.joining(", "));
    print(json, line.file() + ":" + line.line() + ": " + reasons + "\n  " + raw.strip());
  }
}

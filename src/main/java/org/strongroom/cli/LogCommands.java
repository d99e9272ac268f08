package org.strongroom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.Hashes;
import org.strongroom.translog.TlogProof;
import org.strongroom.translog.TrustPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code strongroom audit} does with the log as a whole, sealed as it is. */
final class LogCommands {
  private LogCommands() {}

  /** {@code audit checkpoint}. */
  @Command(
      name = "checkpoint",
      description = {
        "Print the newest signed checkpoint.",
        "Keep it elsewhere: strongroom verify --checkpoint FILE later finds out if the log was"
            + " rolled back or rewritten since."
      })
  static final class ShowCheckpoint extends VaultCommand {
    ShowCheckpoint(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) {
      byte[] note = session.logFile(LogExport.CHECKPOINT);
      Checkpoint checkpoint = Checkpoint.ofNote(note);
      String text = new String(note, StandardCharsets.UTF_8);
      print(
          Map.of("log", checkpoint.origin(), "size", checkpoint.size(), "note", text),
          text.stripTrailing());
    }
  }

  /** {@code audit proof}. */
  @Command(
      name = "proof",
      description = {
        "Write the proof that an entry is in the log (C2SP tlog-proof).",
        "It holds the sealed entry, and shows nothing of it without the vault's keys. Anyone can"
            + " check it offline: strongroom audit verify."
      })
  static final class Proof extends VaultCommand {
    @Parameters(paramLabel = "INDEX", description = "As a receipt has it.")
    private long index;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "A file that does not exist yet. Default: INDEX" + TlogProof.FILE_EXTENSION)
    private @Nullable Path out;

    Proof(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) throws IOException {
      byte[] proof = session.proof(index);
      Path file = out == null ? Path.of(index + TlogProof.FILE_EXTENSION) : out;
      Files.write(file, proof, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      print(Map.of("file", file.toString(), "index", index), "written to " + file);
    }
  }

  /** {@code audit export}. */
  @Command(
      name = "export",
      description = {
        "Write the log as static files, which any file server can serve (C2SP tlog-tiles).",
        "Entries stay sealed. Into a folder that holds an earlier export, only what is new is"
            + " written; the checkpoint comes last."
      })
  static final class Export extends VaultCommand {
    @Parameters(paramLabel = "DIR", description = "A new folder, or that of an earlier export.")
    private @Nullable Path directory;

    Export(Vaults vaults, Console console) {
      super(vaults, console);
    }

    @Override
    void run(Session session) throws IOException {
      Path to = Objects.requireNonNull(directory);
      LogExport.Summary done = new LogExport(session, to).run();
      print(
          done,
          "the log "
              + done.log()
              + ", "
              + done.size()
              + " entries, is in "
              + to
              + ": "
              + done.written()
              + " files written, "
              + done.kept()
              + " were there");
    }
  }

  /** {@code audit verify}. */
  @Command(
      name = "verify",
      description = {
        "Check a proof offline, with nothing but the public keys of a trust policy.",
        "A trust policy (C2SP tlog-policy) names the log's key and whatever witnesses must have"
            + " cosigned; strongroom audit witnesses show prints the vault's. Get it from somebody"
            + " you trust, not from whoever gave you the proof."
      })
  static final class VerifyProof extends AnsweringCommand {
    @Parameters(paramLabel = "FILE", description = "A .tlog-proof.")
    private @Nullable Path file;

    @Option(
        names = "--policy",
        required = true,
        paramLabel = "FILE",
        description = "Whom to trust.")
    private @Nullable Path policy;

    VerifyProof(Console console) {
      super(console);
    }

    @Override
    public Integer call() throws IOException {
      Path from = Objects.requireNonNull(file);
      TlogProof proof = read(from, TlogProof.MAX_BYTES, TlogProof::parse);
      TrustPolicy trusted = trusted(Objects.requireNonNull(policy));
      TrustPolicy.Verdict verdict = trusted.check(proof.note());
      if (!(verdict instanceof TrustPolicy.Accepted accepted)) {
        throw wrong(from, ((TrustPolicy.Refused) verdict).why());
      }
      Bytes leaf = proof.extra();
      if (leaf == null) {
        throw wrong(from, "the proof comes without its sealed entry, so there is nothing to check");
      }
      byte[] hash = Hashes.leaf(leaf.unsafeArray());
      if (!proof.includes(Bytes.owned(hash))) {
        throw wrong(from, "the hashes do not lead from the entry to the checkpoint");
      }
      show(proof, accepted, Bytes.owned(hash).hex());
      return 0;
    }

    private void show(TlogProof proof, TrustPolicy.Accepted accepted, String leafHash) {
      Checkpoint checkpoint = accepted.checkpoint();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("log", checkpoint.origin());
      answer.put("index", proof.index());
      answer.put("size", checkpoint.size());
      answer.put("leaf_hash", leafHash);
      StringBuilder text =
          new StringBuilder("genuine: entry ")
              .append(proof.index())
              .append(" of the log ")
              .append(checkpoint.origin())
              .append(", under its signed checkpoint over ")
              .append(checkpoint.size())
              .append(" entries");
      List<Map<String, Object>> witnesses =
          accepted.witnesses().stream()
              .map(
                  each -> {
                    String at = Instant.ofEpochSecond(each.epochSeconds()).toString();
                    text.append("\ncosigned by ").append(each.witness().name());
                    text.append(" at ").append(at);
                    return Map.<String, Object>of("name", each.witness().name(), "at", at);
                  })
              .toList();
      answer.put("witnesses", witnesses);
      print(answer, text.toString());
    }

    private static TrustPolicy trusted(Path file) throws IOException {
      try {
        return read(file, TrustPolicy.MAX_BYTES, TrustPolicy::parse);
      } catch (VaultException e) {
        throw new VaultException(ErrorCode.INVALID_DECLARATION, String.valueOf(e.getMessage()), e);
      }
    }

    private interface Reader<T> {
      T parse(byte[] content);
    }

    /** Reads a file of at most {@code max} bytes. */
    private static <T> T read(Path file, int max, Reader<T> reader) throws IOException {
      try (var in = Files.newInputStream(file)) {
        byte[] content = in.readNBytes(max + 1);
        if (content.length > max) {
          throw wrong(file, "it is longer than any such file");
        }
        return reader.parse(content);
      } catch (IllegalArgumentException e) {
        throw wrong(file, String.valueOf(e.getMessage()));
      }
    }

    private static VaultException wrong(Path file, String why) {
      return new VaultException(ErrorCode.INVALID_PROOF, file.getFileName() + ": " + why);
    }
  }
}

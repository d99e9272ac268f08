package org.strongroom.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Id;
import org.strongroom.vault.RecordId;
import org.strongroom.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom photo}. */
@Command(
    name = "photo",
    description = "Write the picture of a record that find has named to a new file.")
final class PhotoCommand extends VaultCommand {
  @Option(names = "--collection", required = true, paramLabel = "NAME")
  private @Nullable String collection;

  @Option(names = "--subject", required = true, paramLabel = "ID")
  private @Nullable String subject;

  @Option(names = "--record", paramLabel = "ID", description = "Default: the subject's only one.")
  private String record = "0000000000000000";

  @Option(names = "--field", paramLabel = "FIELD", description = "Default: photo.")
  private String field = "photo";

  @Option(names = "--purpose", required = true, paramLabel = "PURPOSE")
  private @Nullable String purpose;

  @Option(names = "--reason", paramLabel = "TEXT")
  private @Nullable String reason;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "A file that does not exist yet.")
  private @Nullable Path out;

  PhotoCommand(Vaults vaults, Console console) {
    super(vaults, console);
  }

  @Override
  void run(Session session) throws Exception {
    Vault.ImageQuestion question =
        new Vault.ImageQuestion(
            Objects.requireNonNull(collection),
            Id.parse(Objects.requireNonNull(subject)),
            RecordId.parse(record),
            field,
            Objects.requireNonNull(purpose),
            Optional.ofNullable(reason));
    Path file = Objects.requireNonNull(out);
    Session.Picture picture;
    OutputStream to = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    try (to) {
      picture = session.image(question, to);
    } catch (IOException | RuntimeException e) {
      // From here on the file is ours: half a picture is not to be taken for one.
      Files.deleteIfExists(file);
      throw e;
    }
    String type = picture.contentType();
    print(
        Map.of("file", file.toString(), "content_type", type, "receipt", picture.receipt()),
        type + " written to " + file + Console.entry(picture.receipt()));
  }
}

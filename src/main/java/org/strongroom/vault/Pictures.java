package org.strongroom.vault;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.View;
import org.strongroom.schema.CollectionSpec;

/** The disclosure of one picture, after the decision. Thread-safe. */
final class Pictures {
  private final Finder finder;
  private final Disclosing disclosing;
  private final RecordCodec codec;
  private final Blobs blobs;

  Pictures(Finder finder, Disclosing disclosing, RecordCodec codec, Blobs blobs) {
    this.finder = finder;
    this.disclosing = disclosing;
    this.codec = codec;
    this.blobs = blobs;
  }

  /** Logs the disclosure of the record's present picture, then streams it to {@code out}. */
  void disclose(Grounds grounds, Vault.ImageQuestion question, Vault.ImageSink out)
      throws IOException {
    Shelf shelf = grounds.shelf();
    byte[] record = Layout.recordPrefix(question.subject(), shelf.id(), question.record().value());
    List<Finder.Found> found = finder.newest(record);
    Receipt receipt = disclosing.log(grounds, Map.of(question.field(), View.CLEAR), found);
    try (DataKeys keys = disclosing.dataKeys()) {
      Optional<SecretBytes> key = keys.of(question.subject());
      if (found.isEmpty() || key.isEmpty()) {
        throw new VaultException(ErrorCode.NOT_FOUND, "no such record");
      }
      ImageRef image = reference(shelf.spec(), question.field(), found.get(0), key.get());
      blobs.open(
          question.subject(),
          image,
          key.get(),
          out.begin(image.contentType(), image.bytes(), receipt));
    }
  }

  private ImageRef reference(
      CollectionSpec spec, String field, Finder.Found found, SecretBytes key) {
    int position = spec.position(field);
    @Nullable String reference =
        codec
            .open(spec, found.key(), key, found.value(), Set.of(spec.field(position).sensitivity()))
            .at(position);
    if (reference == null) {
      throw new VaultException(ErrorCode.NOT_FOUND, "the record has no picture");
    }
    return ImageRef.parse(reference);
  }
}

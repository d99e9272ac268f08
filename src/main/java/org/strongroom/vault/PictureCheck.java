package org.strongroom.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Fault;
import org.strongroom.kernel.BigEndian;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Table;

/**
 * Holds the chunks of one subject's pictures against what its records say of them. Takes them in
 * key order, and holds one at a time. For one thread and one subject.
 */
final class PictureCheck {
  private static final int CHUNK_KEY = 2 * Id.BYTES + 4;

  private final Id subject;
  private final Blobs blobs;
  private final SecretBytes key;
  private final Map<Id, ImageRef> references;
  private final Consumer<Fault> faults;
  private final MessageDigest sha256;
  private final Set<Id> seen = new HashSet<>();

  /** Chunks that do not open. */
  private final List<Chunk> closed = new ArrayList<>();

  private @Nullable Id blob;
  private int next;
  private boolean sound;

  /** A chunk where it lies. */
  record Chunk(Bytes at, Bytes ciphertext) {
    Id subject() {
      return Id.read(at.unsafeArray(), 0);
    }

    String row() {
      byte[] key = at.unsafeArray();
      return Id.read(key, Id.BYTES) + "/" + BigEndian.getInt(key, 2 * Id.BYTES);
    }
  }

  PictureCheck(
      Id subject,
      Blobs blobs,
      SecretBytes key,
      Map<Id, ImageRef> references,
      Consumer<Fault> faults) {
    this.subject = subject;
    this.blobs = blobs;
    this.key = key;
    this.references = references;
    this.faults = faults;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new BugException("every JDK has SHA-256", e);
    }
  }

  void chunk(byte[] at, byte[] ciphertext) {
    if (at.length != CHUNK_KEY) {
      fault(Fault.Code.INSERTED, Bytes.owned(at).hex(), "it is no chunk of a picture");
      return;
    }
    Id of = Id.read(at, Id.BYTES);
    if (!of.equals(blob)) {
      finish();
      begin(of);
    }
    Chunk chunk = new Chunk(Bytes.owned(at), Bytes.owned(ciphertext));
    @Nullable ImageRef image = references.get(of);
    int number = BigEndian.getInt(at, 2 * Id.BYTES);
    if (image == null || number < 0 || number >= chunks(image)) {
      fault(Fault.Code.INSERTED, chunk.row(), "no record has a picture with this chunk");
      return;
    }
    missing(of, number);
    next = number + 1;
    try {
      byte[] plaintext = blobs.openChunk(at, key, ciphertext);
      sha256.update(plaintext);
      Arrays.fill(plaintext, (byte) 0);
    } catch (VaultException e) {
      sound = false;
      closed.add(chunk);
    }
  }

  /** After the last chunk; returns those that do not open. */
  List<Chunk> end() {
    finish();
    references.forEach(
        (id, image) -> {
          if (!seen.contains(id)) {
            begin(id);
            missing(id, chunks(image));
          }
        });
    return closed;
  }

  private void begin(Id of) {
    blob = of;
    seen.add(of);
    next = 0;
    sound = true;
    sha256.reset();
  }

  private void finish() {
    @Nullable ImageRef image = blob == null ? null : references.get(blob);
    if (blob != null && image != null) {
      missing(blob, chunks(image));
      if (sound && !Bytes.owned(sha256.digest()).equals(image.sha256())) {
        fault(Fault.Code.ALTERED, blob.toString(), "it is another picture than the record's");
      }
    }
    blob = null;
  }

  private void missing(Id of, int before) {
    for (; next < before; next++) {
      sound = false;
      fault(Fault.Code.MISSING, of + "/" + next, "a chunk of a picture is not there");
    }
  }

  private static int chunks(ImageRef image) {
    return (image.bytes() + Blobs.CHUNK_BYTES - 1) / Blobs.CHUNK_BYTES;
  }

  private void fault(Fault.Code code, String row, String detail) {
    faults.accept(new Fault(code, Table.BLOBS, subject.toString(), null, row, detail));
  }
}

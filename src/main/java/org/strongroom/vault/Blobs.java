package org.strongroom.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.store.Batch;
import org.strongroom.store.StoreView;
import org.strongroom.store.Table;

/**
 * Pictures as sealed chunks of {@value #CHUNK_BYTES} bytes, so that reading one needs no more
 * memory than a chunk. A chunk is bound to vault, subject, blob and number. Thread-safe.
 */
final class Blobs {
  static final int CHUNK_BYTES = 64 * 1024;

  private final StoreView store;
  private final Sealer sealer;
  private final Id vault;

  Blobs(StoreView store, Sealer sealer, Id vault) {
    this.store = store;
    this.sealer = sealer;
    this.vault = vault;
  }

  /** Adds the sealed chunks of {@code content} to {@code batch}. */
  void seal(Batch batch, Id subject, Id blob, SecretBytes key, Bytes content) {
    byte[] bytes = content.unsafeArray();
    for (int chunk = 0; chunk * CHUNK_BYTES < bytes.length; chunk++) {
      int offset = chunk * CHUNK_BYTES;
      int length = Math.min(CHUNK_BYTES, bytes.length - offset);
      byte[] at = Layout.blobChunk(subject, blob, chunk);
      batch.put(Table.BLOBS, at, sealer.seal(key, binding(at), bytes, offset, length));
    }
  }

  /**
   * Opens the picture chunk by chunk into {@code out}.
   *
   * @throws VaultException {@code CORRUPT} when a chunk is missing or altered; what was written to
   *     {@code out} before it is genuine
   */
  void open(Id subject, ImageRef image, SecretBytes key, OutputStream out) throws IOException {
    for (int chunk = 0; chunk * CHUNK_BYTES < image.bytes(); chunk++) {
      byte[] at = Layout.blobChunk(subject, image.blob(), chunk);
      byte @Nullable [] ciphertext = store.get(Table.BLOBS, at);
      if (ciphertext == null) {
        throw new VaultException(ErrorCode.CORRUPT, "a chunk of a picture is missing");
      }
      byte[] plaintext = openChunk(at, key, ciphertext);
      out.write(plaintext);
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /**
   * Opens the chunk at a key.
   *
   * @throws VaultException {@code CORRUPT} when it was altered or moved
   */
  byte[] openChunk(byte[] at, SecretBytes key, byte[] ciphertext) {
    return sealer.open(key, binding(at), ciphertext);
  }

  private byte[] binding(byte[] chunkKey) {
    byte[] out = new byte[Id.BYTES + chunkKey.length];
    vault.write(out, 0);
    System.arraycopy(chunkKey, 0, out, Id.BYTES, chunkKey.length);
    return out;
  }
}

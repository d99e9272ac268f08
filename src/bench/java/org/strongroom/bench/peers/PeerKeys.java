package org.strongroom.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.strongroom.kernel.Bytes;

/**
 * The two keys of an application that seals: one for all records, one for all hashes, as is usual.
 *
 * @param data 32 bytes for AES-256
 * @param hash 32 bytes for HMAC-SHA-256
 */
record PeerKeys(Bytes data, Bytes hash) {
  private static final int BYTES = 32;

  PeerKeys {
    if (data.length() != BYTES || hash.length() != BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes");
    }
  }

  /** Reads both from a file of 64 random bytes. */
  static PeerKeys read(Path file) throws IOException {
    byte[] both = Files.readAllBytes(file);
    return new PeerKeys(
        Bytes.owned(Arrays.copyOf(both, BYTES)),
        Bytes.owned(Arrays.copyOfRange(both, BYTES, both.length)));
  }

  SecretKeySpec aes() {
    return new SecretKeySpec(data.toArray(), "AES");
  }

  SecretKeySpec hmac() {
    return new SecretKeySpec(hash.toArray(), "HmacSHA256");
  }

  String dataHex() {
    return HexFormat.of().formatHex(data.toArray());
  }

  String hashHex() {
    return HexFormat.of().formatHex(hash.toArray());
  }
}

package org.strongroom.vault;

import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.Image;

/**
 * What a record holds of its picture: where the sealed chunks are, and what they should be.
 *
 * @param bytes length of the picture
 * @param sha256 of the picture, 32 bytes
 */
record ImageRef(Id blob, String contentType, int width, int height, int bytes, Bytes sha256) {

  static ImageRef to(Id blob, Image image) {
    return new ImageRef(
        blob,
        image.contentType(),
        image.width(),
        image.height(),
        image.content().length(),
        image.sha256());
  }

  String text() {
    return String.join(
        " ",
        blob.toString(),
        contentType,
        Integer.toString(width),
        Integer.toString(height),
        Integer.toString(bytes),
        sha256.hex());
  }

  static ImageRef parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 6) {
      throw new VaultException(ErrorCode.CORRUPT, "a record's picture reference does not read");
    }
    return new ImageRef(
        Id.parse(parts[0]),
        parts[1],
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        Integer.parseInt(parts[4]),
        Bytes.ofHex(parts[5]));
  }
}

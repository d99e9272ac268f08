package org.strongroom.store;

/** A row that was read. Its arrays are nobody else's, and not to be changed. */
public final class Row {
  private final byte[] key;
  private final byte[] value;

  public Row(byte[] key, byte[] value) {
    this.key = key;
    this.value = value;
  }

  public byte[] key() {
    return key;
  }

  public byte[] value() {
    return value;
  }
}

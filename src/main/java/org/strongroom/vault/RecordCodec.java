package org.strongroom.vault;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.SecretBytes;
import org.strongroom.kernel.VaultException;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Field;
import org.strongroom.schema.Sensitivity;

/**
 * Record versions to sealed parts and back: one part for each sensitivity class, so that what a
 * view hides need not be opened.
 *
 * <pre>
 * value = head(1) nonce(12) { length sealed }...     by class, ordinary first
 * head  = format(4 bits) classes(4 bits)             the lowest bit for the class with code 1
 * part  = [kept at, milliseconds: ordinary only] { tag text }...
 * bound = vault(16) version key(30) class(1) classes(1)
 * </pre>
 *
 * Numbers are varints, {@link TextForm texts} are packed. A part is sealed under the nonce of its
 * version and the code of its class, as {@link Sealer} tells. The binding holds it to its vault,
 * subject, collection, record, version and class, and to the other parts that the value has: none
 * can be moved, nor left out. Thread-safe.
 */
final class RecordCodec {
  private static final int FORMAT = 1 << 4;
  private static final int CLASSES_MASK = FORMAT - 1;
  private static final int NONCE_AT = 1;
  private static final int PARTS_AT = NONCE_AT + Sealer.NONCE_BYTES;

  /** In the order of their codes. */
  private static final Sensitivity[] CLASSES = Sensitivity.values();

  private static final int ALL_CLASSES = (1 << CLASSES.length) - 1;

  private final Sealer sealer;
  private final Id vault;

  RecordCodec(Sealer sealer, Id vault) {
    this.sealer = sealer;
    this.vault = vault;
  }

  /** Seals the values of one version under its subject's data key. */
  byte[] seal(
      CollectionSpec spec, byte[] versionKey, SecretBytes key, Shelf.Values values, Instant at) {
    PartWriter parts = new PartWriter();
    int[] ends = new int[CLASSES.length];
    int present = 0;
    for (int i = 0; i < CLASSES.length; i++) {
      int begin = parts.length();
      write(parts, spec, CLASSES[i], values, at);
      ends[i] = parts.length();
      present |= parts.length() > begin ? bit(CLASSES[i]) : 0;
    }
    byte[] out = new byte[sealedBytes(ends)];
    out[0] = (byte) (FORMAT | present);
    Sealer.Parts sealing = sealer.parts(key, out, NONCE_AT);
    int to = PARTS_AT;
    int begin = 0;
    for (int i = 0; i < CLASSES.length; i++) {
      int plain = ends[i] - begin;
      if (plain > 0) {
        to = PartWriter.varint(plain + Sealer.TAG_BYTES, out, to);
        byte[] bound = binding(versionKey, CLASSES[i], present);
        sealing.seal(CLASSES[i].code(), bound, parts.bytes(), begin, plain, out, to);
        to += plain + Sealer.TAG_BYTES;
      }
      begin = ends[i];
    }
    parts.wipe();
    return out;
  }

  private static int sealedBytes(int[] ends) {
    int out = PARTS_AT;
    int begin = 0;
    for (int i = 0; i < CLASSES.length; i++) {
      int plain = ends[i] - begin;
      if (plain > 0) {
        int length = plain + Sealer.TAG_BYTES;
        out += PartWriter.varintBytes(length) + length;
      }
      begin = ends[i];
    }
    return out;
  }

  /**
   * Opens the parts of {@code classes}.
   *
   * @throws VaultException {@code CORRUPT} when a part was altered, moved or left out
   */
  Opened open(
      CollectionSpec spec,
      byte[] versionKey,
      SecretBytes key,
      byte[] value,
      Set<Sensitivity> classes) {
    Opened out = new Opened(spec.fieldCount());
    int present = classesOf(value);
    byte[] nonce = Arrays.copyOfRange(value, NONCE_AT, PARTS_AT);
    PartReader parts = new PartReader(value);
    parts.skip(PARTS_AT);
    for (Sensitivity each : CLASSES) {
      if ((present & bit(each)) == 0) {
        continue;
      }
      int length = parts.varint();
      int at = parts.skip(length);
      if (length < Sealer.TAG_BYTES) {
        throw corrupt();
      }
      if (classes.contains(each)) {
        byte[] bound = binding(versionKey, each, present);
        byte[] part = sealer.openPart(key, nonce, each.code(), bound, value, at, length);
        read(spec, each, part, out);
        Arrays.fill(part, (byte) 0);
      }
    }
    if (parts.more()) {
      throw corrupt();
    }
    return out;
  }

  /** The classes that a value has parts of; refuses one that is not of this form. */
  private static int classesOf(byte[] value) {
    int present = value.length < PARTS_AT ? 0 : value[0] & CLASSES_MASK;
    if ((present & bit(Sensitivity.ORDINARY)) == 0
        || (present & ~ALL_CLASSES) != 0
        || value[0] != (byte) (FORMAT | present)) {
      throw corrupt();
    }
    return present;
  }

  private static int bit(Sensitivity sensitivity) {
    return 1 << (sensitivity.code() - 1);
  }

  private static void write(
      PartWriter out,
      CollectionSpec spec,
      Sensitivity sensitivity,
      Shelf.Values values,
      Instant keptAt) {
    if (sensitivity == Sensitivity.ORDINARY) {
      out.number(keptAt.toEpochMilli());
    }
    for (int i = 0; i < spec.fieldCount(); i++) {
      Field field = spec.field(i);
      @Nullable String value = values.at(i);
      if (value != null && field.sensitivity() == sensitivity) {
        out.text(field.tag(), value);
      }
    }
  }

  private static void read(CollectionSpec spec, Sensitivity sensitivity, byte[] part, Opened out) {
    PartReader reader = new PartReader(part);
    if (sensitivity == Sensitivity.ORDINARY) {
      out.keptAt = Instant.ofEpochMilli(reader.number());
    }
    while (reader.more()) {
      int position = spec.positionOfTag(reader.varint());
      String text = reader.text();
      // A field that the declaration no longer has stays sealed away.
      if (position >= 0) {
        out.values[position] = text;
      }
    }
  }

  private byte[] binding(byte[] versionKey, Sensitivity sensitivity, int present) {
    byte[] out = new byte[Id.BYTES + versionKey.length + 2];
    vault.write(out, 0);
    System.arraycopy(versionKey, 0, out, Id.BYTES, versionKey.length);
    out[out.length - 2] = sensitivity.code();
    out[out.length - 1] = (byte) present;
    return out;
  }

  static VaultException corrupt() {
    return new VaultException(ErrorCode.CORRUPT, "a record version does not read");
  }

  /** An opened version; holds personal data, so it prints nothing. */
  static final class Opened implements Shelf.Values {
    private final @Nullable String[] values;
    private Instant keptAt = Instant.EPOCH;

    private Opened(int fields) {
      this.values = new @Nullable String[fields];
    }

    @Override
    public @Nullable String at(int position) {
      return values[position];
    }

    Instant keptAt() {
      return keptAt;
    }

    @Override
    public String toString() {
      return "Opened[redacted]";
    }
  }
}

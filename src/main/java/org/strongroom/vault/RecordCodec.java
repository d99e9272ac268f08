package org.strongroom.vault;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.strongroom.crypto.Sealer;
import org.strongroom.kernel.BigEndian;
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
 * value = format(1) { class(1) length(4) sealed }...                by class, ordinary first
 * part  = [kept at, milliseconds: ordinary only] { tag text }...   numbers as varints, {@link TextForm texts} packed
 * bound = vault(16) version key(30) class(1) classes(1)
 * </pre>
 *
 * The binding holds a part to its vault, subject, collection, record, version and class, and to the
 * other parts that the value has: none can be moved, nor left out. Thread-safe.
 */
final class RecordCodec {
  private static final byte FORMAT = 1;
  private static final int HEAD_BYTES = 5;
  private static final Sensitivity[] CLASSES = Sensitivity.values();

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
    int length = 1;
    int present = 0;
    for (int i = 0; i < CLASSES.length; i++) {
      int begin = parts.length();
      write(parts, spec, CLASSES[i], values, at);
      ends[i] = parts.length();
      if (parts.length() > begin) {
        length += HEAD_BYTES + Sealer.OVERHEAD_BYTES + parts.length() - begin;
        present |= bit(CLASSES[i]);
      }
    }
    byte[] out = new byte[length];
    out[0] = FORMAT;
    int to = 1;
    int begin = 0;
    for (int i = 0; i < CLASSES.length; i++) {
      int plain = ends[i] - begin;
      if (plain > 0) {
        out[to] = CLASSES[i].code();
        BigEndian.putInt(out, to + 1, plain + Sealer.OVERHEAD_BYTES);
        byte[] bound = binding(versionKey, CLASSES[i], present);
        sealer.seal(key, bound, parts.bytes(), begin, plain, out, to + HEAD_BYTES);
        to += HEAD_BYTES + plain + Sealer.OVERHEAD_BYTES;
      }
      begin = ends[i];
    }
    parts.wipe();
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
    int at = 1;
    while (at < value.length) {
      Sensitivity sensitivity = Sensitivity.ofCode(value[at]);
      int length = BigEndian.getInt(value, at + 1);
      if (classes.contains(sensitivity)) {
        byte[] bound = binding(versionKey, sensitivity, present);
        byte[] part = sealer.open(key, bound, value, at + HEAD_BYTES, length);
        read(spec, sensitivity, part, out);
        Arrays.fill(part, (byte) 0);
      }
      at += HEAD_BYTES + length;
    }
    return out;
  }

  /** The classes that a value has parts of; refuses one that is not of this form. */
  private static int classesOf(byte[] value) {
    if (value.length == 0 || value[0] != FORMAT) {
      throw corrupt();
    }
    int present = 0;
    int at = 1;
    while (at < value.length) {
      int length = value.length - at < HEAD_BYTES ? -1 : BigEndian.getInt(value, at + 1);
      if (length < 0 || length > value.length - at - HEAD_BYTES) {
        throw corrupt();
      }
      int bit = bit(Sensitivity.ofCode(value[at]));
      if (bit <= present) {
        throw corrupt();
      }
      present |= bit;
      at += HEAD_BYTES + length;
    }
    if ((present & bit(Sensitivity.ORDINARY)) == 0) {
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

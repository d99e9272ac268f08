package org.strongroom.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.keys.KeysetSealer;

/** Entries to leaves and back: JSON, sealed under the audit keyset, bound to the log's origin. */
public final class EntryCodec {
  /** The longest leaf that an entry bundle of C2SP tlog-tiles can hold. */
  public static final int MAX_LEAF_BYTES = 65_535;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(Id.class, ToStringSerializer.instance)
                  .addSerializer(Bytes.class, ToStringSerializer.instance)
                  .addDeserializer(Id.class, new IdReader())
                  .addDeserializer(Bytes.class, new BytesReader()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private final KeysetSealer sealer;
  private final byte[] binding;

  public EntryCodec(KeysetSealer sealer, String origin) {
    this.sealer = sealer;
    this.binding = origin.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The leaf: what the log hashes and what its tiles publish.
   *
   * @throws VaultException {@code TOO_LARGE} when it has more than {@link #MAX_LEAF_BYTES}, so that
   *     no tile could hold it
   */
  public byte[] seal(Entry entry) {
    byte[] leaf;
    try {
      leaf = sealer.seal(JSON.writeValueAsBytes(entry), binding);
    } catch (JsonProcessingException e) {
      throw new BugException("an entry is always JSON", e);
    }
    if (leaf.length > MAX_LEAF_BYTES) {
      throw new VaultException(
          ErrorCode.TOO_LARGE,
          "the act would need an audit entry of "
              + leaf.length
              + " bytes, and one has at most "
              + MAX_LEAF_BYTES
              + "; nothing was done. Ask for fewer records at a time");
    }
    return leaf;
  }

  /**
   * Opens a leaf.
   *
   * @throws VaultException {@code CORRUPT} when it is not a leaf of this log
   */
  public Entry open(byte[] leaf) {
    try {
      return JSON.readValue(sealer.open(leaf, binding), Entry.class);
    } catch (IOException e) {
      throw new VaultException(ErrorCode.CORRUPT, "an audit entry does not read", e);
    }
  }

  private static final class IdReader extends FromStringDeserializer<Id> {
    IdReader() {
      super(Id.class);
    }

    @Override
    protected Id _deserialize(String text, DeserializationContext context) {
      return Id.parse(text);
    }
  }

  private static final class BytesReader extends FromStringDeserializer<Bytes> {
    BytesReader() {
      super(Bytes.class);
    }

    @Override
    protected Bytes _deserialize(String text, DeserializationContext context) {
      return Bytes.ofHex(text);
    }
  }
}

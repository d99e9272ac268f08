package org.strongroom.audit;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.Id;
import org.strongroom.keys.KeyFile;
import org.strongroom.keys.Keyring;
import org.strongroom.keys.Keyset;
import org.strongroom.store.Batch;
import org.strongroom.store.Store;
import org.strongroom.store.Table;

/** Real keys for the tests of the log, which lie wrapped in the store beside it. */
final class AuditKeys {
  static final String ORIGIN = "strongroom.test/log";
  static final Id ACTOR = new Id(7, 7);
  private static final Id VAULT = new Id(1, 1);

  private final Keyring keyring;

  private AuditKeys(Keyring keyring) {
    this.keyring = keyring;
  }

  /** Makes keys under a new key file and puts them into {@code store}. */
  static AuditKeys create(Path keyFile, Store store) throws GeneralSecurityException {
    Aead kek = KeyFile.create(keyFile).getAead(KeyFile.URI);
    Batch batch = new Batch();
    Keyring.generate(kek, VAULT)
        .forEach((keyset, bytes) -> batch.put(Table.META, name(keyset), bytes.toArray()));
    store.write(batch, Store.Durability.SYNCED);
    return open(keyFile, store);
  }

  static AuditKeys open(Path keyFile, Store store) throws GeneralSecurityException {
    Map<Keyset, Bytes> wrapped = new EnumMap<>(Keyset.class);
    for (Keyset keyset : Keyset.values()) {
      byte[] bytes = store.get(Table.META, name(keyset));
      if (bytes != null) {
        wrapped.put(keyset, Bytes.owned(bytes));
      }
    }
    Aead kek = KeyFile.open(keyFile).getAead(KeyFile.URI);
    return new AuditKeys(Keyring.open(kek, VAULT, wrapped));
  }

  EntryCodec codec() {
    return new EntryCodec(keyring.sealer(Keyset.AUDIT), ORIGIN);
  }

  /** The blind value of a tagged name, as the rows that lead to entries have it. */
  byte[] blind(String tagged) {
    return keyring.blindIndex("audit").blind(tagged.getBytes(StandardCharsets.UTF_8));
  }

  LogIndex logIndex() {
    return new LogIndex(keyring.blindIndex(LogIndex.KEY_LABEL));
  }

  Sequencer sequencer(Store store) {
    return new Sequencer(store, codec(), logIndex(), ORIGIN, keyring.checkpointSigner(ORIGIN));
  }

  Bytes publicKey() {
    return keyring.checkpointKey(ORIGIN).key();
  }

  byte[] note(byte[] body) {
    return keyring.checkpointSigner(ORIGIN).apply(body);
  }

  /** Whether the one signature of a note is by the checkpoint key, by the JDK's Ed25519. */
  boolean verifies(byte[] note) throws GeneralSecurityException {
    String text = new String(note, StandardCharsets.UTF_8);
    int blank = text.lastIndexOf("\n\n");
    String[] line = text.substring(blank + 2).strip().split(" ", -1);
    byte[] tagged = Base64.getDecoder().decode(line[2]);
    byte[] info =
        HexFormat.of()
            .parseHex("302a300506032b6570032100" + keyring.checkpointKey(ORIGIN).key().hex());
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info)));
    verifier.update(text.substring(0, blank + 1).getBytes(StandardCharsets.UTF_8));
    return line[1].equals(ORIGIN) && verifier.verify(Arrays.copyOfRange(tagged, 4, tagged.length));
  }

  /** An entry that is told from others by {@code name}. */
  static Entry entry(String name) {
    return Entry.of(
        Entry.Kind.WRITE,
        Instant.parse("2026-03-02T04:05:06.789012345Z"),
        new Entry.By(ACTOR, name, "clerk"),
        "done");
  }

  private static byte[] name(Keyset keyset) {
    return ("keyset/" + keyset.text()).getBytes(StandardCharsets.UTF_8);
  }
}

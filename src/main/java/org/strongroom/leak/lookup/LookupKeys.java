package org.strongroom.leak.lookup;

import java.nio.charset.StandardCharsets;
import org.strongroom.crypto.OprfKey;
import org.strongroom.kernel.Bytes;
import org.strongroom.keys.Keyring;

/** Makes lookup keys as the vault does, which has the key for the guessable ones. Thread-safe. */
public final class LookupKeys {
  private static final String KEY_LABEL = "leak-lookup/oprf";

  private final OprfKey oprf;

  public LookupKeys(Keyring keyring) {
    this.oprf = keyring.oprfKey(KEY_LABEL);
  }

  /** The key of an identifier. Of a guessable one, it takes a third of a millisecond. */
  LookupKey key(Identifier of) {
    return of.kind().guessable()
        ? LookupKey.of(oprf.evaluate(of.canonical().getBytes(StandardCharsets.UTF_8)))
        : LookupKey.ofPlain(of.canonical());
  }

  /**
   * What somebody who blinded an identifier gets.
   *
   * @throws org.strongroom.kernel.VaultException {@code INVALID_VALUE} when it is no element
   */
  Bytes evaluate(Bytes blinded) {
    return oprf.evaluateBlinded(blinded);
  }
}

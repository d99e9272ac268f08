package org.strongroom.leak.lookup;

import java.util.List;
import org.strongroom.kernel.Bytes;

/**
 * What somebody who looks an identifier up asks of a vault, none of which tells the identifier.
 * Faults are {@link org.strongroom.kernel.VaultException}: {@code DENIED}, and {@code TOO_MANY} for
 * who asks too often.
 */
public interface LookupPort {
  /** The leaks that are answered, by number. */
  List<Leak> leaks();

  /**
   * All keys in a range, and padding up to a size that is the same for every range of the kind: a
   * line each of the key's other 28 hexadecimal digits, a colon and the leak's number in three
   * digits. Padding has the number 000. Sorted.
   *
   * @param prefix four hexadecimal digits
   */
  String range(LookupKind kind, String prefix);

  /**
   * Evaluates the oblivious function on blinded identifiers, in their order.
   *
   * @param blinded at most {@value LookupDesk#MAX_EVALUATIONS}
   */
  List<Bytes> evaluate(List<Bytes> blinded);
}

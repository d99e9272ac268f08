package org.strongroom.leak.sample;

import java.io.IOException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Reads the records of one file, one after another. For one thread. */
interface RowReader {
  /**
   * Adds the next record, or none if what comes next is to be passed over.
   *
   * @return false at the end, where nothing is added
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} with the place
   */
  boolean read(RowsBuilder to) throws IOException;

  /**
   * The word for the report: {@code json}, {@code csv}, {@code sql}, {@code xlsx}, {@code text}.
   */
  String format();
}

/**
 * A witness of other people's logs (C2SP tlog-witness): cosigns what it saw to be consistent, and
 * refuses a fork. In its own process, with its own key and state; knows nothing of vaults.
 */
@NullMarked
package org.strongroom.witness;

import org.jspecify.annotations.NullMarked;

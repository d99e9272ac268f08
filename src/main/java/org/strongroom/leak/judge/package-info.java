/** What the counts of a leak check come to: pure functions, nothing of the vault. */
@NullMarked
package org.strongroom.leak.judge;

import org.jspecify.annotations.NullMarked;

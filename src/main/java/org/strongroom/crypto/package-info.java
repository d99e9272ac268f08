/** Sealing and the blind index: pure functions over keys that others hold. */
@NullMarked
package org.strongroom.crypto;

import org.jspecify.annotations.NullMarked;

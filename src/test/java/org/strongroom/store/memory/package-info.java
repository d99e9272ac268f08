/** The store's in-memory fake, for tests of the rooms above. */
@NullMarked
package org.strongroom.store.memory;

import org.jspecify.annotations.NullMarked;

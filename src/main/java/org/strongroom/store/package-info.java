/**
 * The port to the storage engine: named tables of ordered byte keys. No engine is named above this
 * room.
 */
@NullMarked
package org.strongroom.store;

import org.jspecify.annotations.NullMarked;

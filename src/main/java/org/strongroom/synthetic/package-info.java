/**
 * Synthetic residents: made up, but shaped like a real register. Record i of a seed is the same
 * whatever the count, the thread or the JDK; ID numbers never repeat; memory does not grow with the
 * count.
 */
@NullMarked
package org.strongroom.synthetic;

import org.jspecify.annotations.NullMarked;

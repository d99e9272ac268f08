/**
 * Rooms in which every rule of the architecture is broken on purpose, so that the rules are seen to
 * fail.
 */
@NullMarked
package org.strongroom.wrong;

import org.jspecify.annotations.NullMarked;

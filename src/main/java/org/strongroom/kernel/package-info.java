/** Ids, byte strings, secrets and error codes. Uses the JDK only; every other room may use it. */
@NullMarked
package org.strongroom.kernel;

import org.jspecify.annotations.NullMarked;

/**
 * Ids, byte strings, secrets, inputs, error codes, waiting for threads. Uses the JDK only; every
 * other room may use it.
 */
@NullMarked
package org.strongroom.kernel;

import org.jspecify.annotations.NullMarked;

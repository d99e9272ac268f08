/** Reads a sample of any form into rows, and learns what its columns hold. */
@NullMarked
package org.strongroom.leak.sample;

import org.jspecify.annotations.NullMarked;

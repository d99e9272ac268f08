/** Tests of the reading half of the leak check. */
@NullMarked
package org.strongroom.leak.sample;

import org.jspecify.annotations.NullMarked;

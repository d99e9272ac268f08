/** Programs that measure, for {@code ./bench}. */
@NullMarked
package org.strongroom.bench;

import org.jspecify.annotations.NullMarked;

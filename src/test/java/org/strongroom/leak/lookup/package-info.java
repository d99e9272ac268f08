@NullMarked
package org.strongroom.leak.lookup;

import org.jspecify.annotations.NullMarked;

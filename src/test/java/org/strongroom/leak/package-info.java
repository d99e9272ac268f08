@NullMarked
package org.strongroom.leak;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.strongroom.witness;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.strongroom.vault;

import org.jspecify.annotations.NullMarked;

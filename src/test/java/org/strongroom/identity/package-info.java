@NullMarked
package org.strongroom.identity;

import org.jspecify.annotations.NullMarked;

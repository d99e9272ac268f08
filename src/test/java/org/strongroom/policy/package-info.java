@NullMarked
package org.strongroom.policy;

import org.jspecify.annotations.NullMarked;

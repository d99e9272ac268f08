/** Whether an identifier is in a registered leak, for people who do not want to reveal it. */
@NullMarked
package org.strongroom.leak.lookup;

import org.jspecify.annotations.NullMarked;

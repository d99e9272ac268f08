/** Tests of the synthetic residents. */
@NullMarked
package org.strongroom.synthetic;

import org.jspecify.annotations.NullMarked;

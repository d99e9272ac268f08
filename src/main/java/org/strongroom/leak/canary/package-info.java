/** Made-up residents that nobody should be shown, and what a leak of them proves. */
@NullMarked
package org.strongroom.leak.canary;

import org.jspecify.annotations.NullMarked;

/** Main and wiring: the only room that builds services and names a storage engine. */
@NullMarked
package org.strongroom.app;

import org.jspecify.annotations.NullMarked;

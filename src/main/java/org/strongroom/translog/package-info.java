/**
 * The transparency log as pure functions: RFC 6962 hashing, C2SP tiles, checkpoints and signed
 * notes.
 */
@NullMarked
package org.strongroom.translog;

import org.jspecify.annotations.NullMarked;

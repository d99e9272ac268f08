/**
 * The leak check: whether a sample is a copy of this vault, as of when, through whom, and who is
 * affected. Top-down: {@code sample} reads, the vault compares, {@code judge} counts, {@code
 * report} tells.
 */
@NullMarked
package org.strongroom.leak;

import org.jspecify.annotations.NullMarked;

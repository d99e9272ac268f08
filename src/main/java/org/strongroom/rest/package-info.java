/**
 * The REST interface: routes over the vault's two doors and what is administered around them. Says
 * the same words as the command line; described in full by {@code openapi.json} beside it.
 */
@NullMarked
package org.strongroom.rest;

import org.jspecify.annotations.NullMarked;

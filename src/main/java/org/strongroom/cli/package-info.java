/**
 * The command line: one class a command, talking to a vault through a {@link
 * org.strongroom.cli.Session}.
 */
@NullMarked
package org.strongroom.cli;

import org.jspecify.annotations.NullMarked;

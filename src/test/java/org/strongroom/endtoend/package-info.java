/**
 * The program from end to end, as its users run it: a JVM of its own, a command line, an
 * environment, files. What a vault holds is read in this process, past the command line.
 */
@NullMarked
package org.strongroom.endtoend;

import org.jspecify.annotations.NullMarked;

/**
 * What Strongroom is compared with: the same residents in PostgreSQL, plain and sealed in the usual
 * ways, and a web server over it. For {@code ./bench}.
 */
@NullMarked
package org.strongroom.bench.peers;

import org.jspecify.annotations.NullMarked;

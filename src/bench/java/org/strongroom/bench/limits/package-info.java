/**
 * What this machine can do at most in each stage of an import, without the others. For {@code
 * ./bench}.
 */
@NullMarked
package org.strongroom.bench.limits;

import org.jspecify.annotations.NullMarked;

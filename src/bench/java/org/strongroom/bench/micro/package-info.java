/** Single operations, by JMH: {@code ./bench micro}. */
@NullMarked
package org.strongroom.bench.micro;

import org.jspecify.annotations.NullMarked;

/** What a leak check tells: its data, and the pages and files made of it. */
@NullMarked
package org.strongroom.leak.report;

import org.jspecify.annotations.NullMarked;

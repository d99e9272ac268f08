/**
 * The audit log: entries, the sequencer that makes them durable together with the changes they
 * speak of, receipts.
 */
@NullMarked
package org.strongroom.audit;

import org.jspecify.annotations.NullMarked;

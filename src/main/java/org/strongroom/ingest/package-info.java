/**
 * Reads what comes in: a file or a request body of any size, as NDJSON, JSON or CSV, plain or gzip,
 * becomes one {@link org.strongroom.schema.Draft} for each record. One thread cuts the bytes into
 * elements ({@link org.strongroom.ingest.PieceReader}), many parse them ({@link
 * org.strongroom.ingest.PieceParser}). Memory does not grow with the input. What cannot be read is
 * refused element by element, with a reason and a line and never with its content.
 */
@NullMarked
package org.strongroom.ingest;

import org.jspecify.annotations.NullMarked;

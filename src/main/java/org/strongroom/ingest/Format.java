package org.strongroom.ingest;

/** The shapes of input that can be read; each may also be compressed by gzip. */
public enum Format {
  /** One JSON object a line (RFC 8259 values, blank lines allowed). */
  NDJSON,
  /** A JSON array of objects, or objects one after another, in any layout. */
  JSON,
  /** Rows of cells (RFC 4180) below one header row. */
  CSV
}

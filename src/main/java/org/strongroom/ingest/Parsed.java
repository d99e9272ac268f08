package org.strongroom.ingest;

/** What became of one element: a draft, or a reason why there is none. */
public sealed interface Parsed permits Drafted, Rejected {
  Place place();
}

package org.strongroom.ingest;

import org.strongroom.schema.Draft;

/** A record that could be read. Its values are as they came in: none is validated yet. */
public record Drafted(Place place, Draft draft) implements Parsed {}

package org.strongroom.policy;

/** The answer to an {@link Ask}. */
public sealed interface Decision permits Granted, Denied {}

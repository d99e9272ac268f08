package org.strongroom.schema;

/** The outcome of {@link CollectionSpec#check}: a record that may be kept, or why it may not. */
public sealed interface Checked permits ValidRecord, Invalid {}

package org.strongroom.audit;

/**
 * Where an act stands in the audit log. Handed out only once the entry is on disk.
 *
 * @param log the log's origin
 * @param index of the entry, from 0
 */
public record Receipt(String log, long index) {}

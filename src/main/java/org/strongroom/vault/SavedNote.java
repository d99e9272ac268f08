package org.strongroom.vault;

import org.strongroom.kernel.Bytes;

/**
 * A signed checkpoint of the log that somebody kept outside of the vault.
 *
 * @param source what to call it in errors
 * @param note as C2SP signed-note writes it
 */
public record SavedNote(String source, Bytes note) {}

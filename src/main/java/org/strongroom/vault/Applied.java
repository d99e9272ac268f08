package org.strongroom.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;

/**
 * What became of a declaration that was put in force.
 *
 * @param version in force, from 1
 * @param receipt of the change; null when it was in force already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Applied(int version, @Nullable Receipt receipt) {}

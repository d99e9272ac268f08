package org.strongroom.leak.canary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * A made-up resident in a list of them.
 *
 * @param subject its id, 32 hexadecimal digits
 * @param plantedFor to whom alone it was handed; null for one that lies in wait
 * @param planted when: ISO 8601, UTC
 * @param shownTo to how many actors the log says it was shown
 * @param changed whether its record was changed since, or is gone: then it proves nothing any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Canary(
    String subject, @Nullable String plantedFor, String planted, int shownTo, boolean changed) {}

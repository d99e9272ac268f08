package org.strongroom.policy;

/**
 * What records may be used for.
 *
 * @param name as in an {@link Ask}
 * @param description one sentence for people
 * @param legalBasis what allows it, such as {@code PIPL Art. 13(3)}
 */
public record Purpose(String name, String description, String legalBasis) {}

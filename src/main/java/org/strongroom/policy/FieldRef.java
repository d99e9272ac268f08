package org.strongroom.policy;

/**
 * A field of a collection, as far as a policy needs to know it.
 *
 * @param sensitivity {@code ordinary} or {@code sensitive}
 */
public record FieldRef(String name, String sensitivity) {}

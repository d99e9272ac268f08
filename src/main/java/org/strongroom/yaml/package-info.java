/**
 * Reads declaration files (collections, policy) so that every complaint names its line. YAML 1.2,
 * no tags, no anchors, no duplicate keys.
 */
@NullMarked
package org.strongroom.yaml;

import org.jspecify.annotations.NullMarked;

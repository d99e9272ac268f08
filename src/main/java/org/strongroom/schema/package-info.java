/**
 * What may be kept: collections declared in YAML, their field types (validation, normalisation,
 * masks) and cross-field checks. Pure: reads no store and logs nothing.
 */
@NullMarked
package org.strongroom.schema;

import org.jspecify.annotations.NullMarked;

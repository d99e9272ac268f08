/**
 * Keysets, data keys and their custody. The key-encryption key lives outside the vault's directory
 * and wraps the keysets and every subject's data key.
 */
@NullMarked
package org.strongroom.keys;

import org.jspecify.annotations.NullMarked;

/**
 * The two doors. All personal data enters by {@link org.strongroom.vault.Vault#keep} and leaves by
 * {@link org.strongroom.vault.Vault#disclose}; nothing else seals or opens a record.
 */
@NullMarked
package org.strongroom.vault;

import org.jspecify.annotations.NullMarked;

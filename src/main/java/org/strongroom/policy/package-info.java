/**
 * Who may see what, for which purpose: the policy file and the decisions taken by it. Whatever the
 * file does not grant is denied. Pure: reads no store, logs nothing, knows no collection beyond the
 * names that the file uses.
 */
@NullMarked
package org.strongroom.policy;

import org.jspecify.annotations.NullMarked;

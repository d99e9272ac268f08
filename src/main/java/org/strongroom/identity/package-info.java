/**
 * Who is asking: users and client applications, their passwords, API tokens and roles. Keeps its
 * accounts through the port {@link org.strongroom.identity.Accounts}; what a role may do is the
 * policy's affair, not this room's.
 */
@NullMarked
package org.strongroom.identity;

import org.jspecify.annotations.NullMarked;

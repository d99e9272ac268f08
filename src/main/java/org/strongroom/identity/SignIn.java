package org.strongroom.identity;

/** The answer to a sign-in. */
public sealed interface SignIn permits SignedIn, Refused {}

package org.strongroom.identity;

/** The sign-in holds: {@code actor} is asking. */
public record SignedIn(Actor actor) implements SignIn {}

package org.strongroom.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program and of the Java that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Strongroom.class.getPackage().getImplementationVersion();
    return new String[] {
      "strongroom " + (version == null ? "(unpackaged)" : version), "java " + Runtime.version()
    };
  }
}

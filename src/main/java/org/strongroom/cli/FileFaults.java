package org.strongroom.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Faults of files, in words that say what to do. */
final class FileFaults {
  private FileFaults() {}

  static String text(IOException fault) {
    String what = String.valueOf(fault.getMessage());
    if (fault instanceof FileAlreadyExistsException) {
      return what + " is there already; name another file";
    }
    if (fault instanceof NoSuchFileException) {
      return what + " is not there; name the right file";
    }
    if (fault instanceof AccessDeniedException) {
      return what + " may not be read or written by this user";
    }
    return fault.getClass().getSimpleName() + ": " + what;
  }
}

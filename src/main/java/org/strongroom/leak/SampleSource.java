package org.strongroom.leak;

import java.io.InputStream;
import java.nio.file.Path;

/** Where a sample comes from. Holds what is perhaps personal data: a file's name is not printed. */
public sealed interface SampleSource {
  /** A file, or a folder of them, on this machine. */
  record At(Path path) implements SampleSource {
    @Override
    public String toString() {
      return "At[redacted]";
    }
  }

  /** Bytes that come once. Whoever gives them closes them. */
  record Stream(InputStream in) implements SampleSource {}
}

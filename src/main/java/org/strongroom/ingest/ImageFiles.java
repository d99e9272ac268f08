package org.strongroom.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the names of image files that stand in an input: {@code file:photos/x.jpg}, or such a
 * path alone. Only files below the folder of a local input are read, whatever links lead elsewhere.
 */
final class ImageFiles {
  static final int MAX_BYTES = 8 << 20;

  private static final String SCHEME = "file:";
  private static final int MAX_PATH_CHARS = 1024;

  /** The dot is what tells a path from base64, which may begin with a slash but has no dots. */
  private static final Set<String> EXTENSIONS = Set.of(".jpg", ".jpeg", ".png");

  private final @Nullable Path base;

  /** Takes the real path of the input's folder, or null if the input is no local file. */
  ImageFiles(@Nullable Path base) {
    this.base = base;
  }

  static boolean namesFile(String value) {
    if (value.startsWith(SCHEME)) {
      return true;
    }
    int dot = value.lastIndexOf('.');
    return value.length() <= MAX_PATH_CHARS
        && dot >= 0
        && !value.startsWith("data:")
        && EXTENSIONS.contains(value.substring(dot).toLowerCase(Locale.ROOT));
  }

  /**
   * The content of the file that {@code value} names, as base64.
   *
   * @throws Refusal if it must not or cannot be read
   */
  String content(String value) throws Refusal {
    if (base == null) {
      throw new Refusal(Fault.IMAGE_FILE_REFUSED.problem());
    }
    try {
      Path named = Path.of(value.startsWith(SCHEME) ? value.substring(SCHEME.length()) : value);
      if (named.isAbsolute() || !base.resolve(named).equals(base.resolve(named).normalize())) {
        throw new Refusal(Fault.IMAGE_OUTSIDE.problem());
      }
      Path real = base.resolve(named).toRealPath();
      if (!real.startsWith(base)) {
        throw new Refusal(Fault.IMAGE_OUTSIDE.problem());
      }
      return Base64.getEncoder().encodeToString(read(real));
    } catch (InvalidPathException | NoSuchFileException e) {
      throw new Refusal(Fault.IMAGE_MISSING.problem());
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw new Refusal(Fault.IMAGE_UNREADABLE.problem());
    }
  }

  private static byte[] read(Path real) throws IOException {
    if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(Fault.IMAGE_UNREADABLE.problem());
    }
    try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new Refusal(
            Fault.IMAGE_TOO_LARGE.problem("the image file is larger than " + MAX_BYTES + " bytes"));
      }
      return content;
    }
  }
}

package org.strongroom.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.strongroom.app.Inside;

/**
 * A vault that the program made, with its key file beside it.
 *
 * @param enrolmentCode of the first administrator
 * @param tokens by role
 */
record VaultFolder(Path directory, String enrolmentCode, Map<String, String> tokens) {
  /**
   * Makes a vault in the program's folder, with one user of each role, called {@code the-} and the
   * role. They are added in this process: a start of the program for each adds up.
   */
  static VaultFolder make(Program program, String... roles) {
    Path directory = program.folder().resolve("vault");
    String code =
        program
            .done("init", "--vault", directory.toString(), "--json")
            .json()
            .get("enrolment_code")
            .asText();
    Map<String, String> tokens = Inside.addUsers(directory, roles);
    return new VaultFolder(directory, code, tokens);
  }

  /** The same vault once more, in another folder: what was kept in one is not in the other. */
  VaultFolder copiedTo(Path folder) {
    Path copy = folder.resolve("vault");
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(directory.relativize(file).toString());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.copy(key(), folder.resolve("vault.key"), StandardCopyOption.COPY_ATTRIBUTES);
      return new VaultFolder(copy, enrolmentCode, tokens);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path key() {
    return directory.resolveSibling(directory.getFileName() + ".key");
  }

  String token(String role) {
    String token = tokens.get(role);
    if (token == null) {
      throw new AssertionError("no user of the role " + role);
    }
    return token;
  }

  /** Opens it in this process, as an investigator. */
  Inside inside() {
    return Inside.open(directory, token("investigator"));
  }

  /** Bytes of all its files. */
  long bytes() {
    long sum = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sum += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
    } catch (IOException | UncheckedIOException e) {
      // The store drops files while we look.
      return -1;
    }
    return sum;
  }

  /** The files below a folder, without those that the program drops meanwhile. */
  static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException && !file.equals(folder)) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return files;
  }
}

package org.strongroom.endtoend;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rocksdb.util.Environment;
import org.strongroom.app.Main;
import org.strongroom.app.Rehearsal;

/**
 * The class path of the program under test, its own classes packed as a user has them, and what
 * makes a start cheaper, since a hundred of them add up: what the launcher's rehearsal leaves. Made
 * once for these classes on this JDK, whichever of the processes that run tests comes first.
 *
 * @param archive of what a start loads
 * @param libraries the folder of the store's native library
 */
record Packed(String classPath, Path archive, Path libraries) {
  /** Packs the classes that this process runs on. */
  static Packed now() {
    try {
      Path classes =
          Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = Path.of("target", "endtoend", System.getProperty("java.version"));
      folder = Files.createDirectories(folder.toAbsolutePath());
      Path jar = folder.resolve("strongroom.jar");
      String classPath = jar + File.pathSeparator + libraries(classes);
      Packed packed = new Packed(classPath, folder.resolve("classes.jsa"), folder);
      try (FileChannel lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
          FileLock held = lock.lock()) {
        assertThat(held.isValid()).isTrue();
        Path packedFrom = folder.resolve("packed-from");
        String digest = digest(classes, classPath);
        if (!Files.exists(packedFrom) || !Files.readString(packedFrom).equals(digest)) {
          // What another process still runs on is not overwritten.
          Files.deleteIfExists(packedFrom);
          Files.deleteIfExists(jar);
          Files.deleteIfExists(packed.archive);
          pack(classes, jar);
          packed.rehearse(folder);
          Files.writeString(packedFrom, digest);
        }
      }
      return packed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** What starts the program; its arguments follow. */
  List<String> command(List<String> options) {
    List<String> more = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive));
    more.addAll(options);
    List<String> out = java(more);
    out.add(Main.class.getName());
    return out;
  }

  private List<String> java(List<String> options) {
    List<String> out = new ArrayList<>();
    out.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Most runs are over before the second compiler would pay. The JVM's own remarks, such as on
    // the archive, are no output of the program.
    out.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    out.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-Xlog:cds*=off:stderr"));
    if (Runtime.version().feature() >= 24) {
      out.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xlog:aot*=off:stderr"));
      out.add("--sun-misc-unsafe-memory-access=allow");
    }
    out.add("-Djava.library.path=" + libraries);
    out.addAll(options);
    out.addAll(List.of("-cp", classPath));
    return out;
  }

  /** Of the classes and of where the libraries are. */
  private static String digest(Path classes, String classPath) throws IOException {
    MessageDigest digest = sha256();
    digest.update(classPath.getBytes(StandardCharsets.UTF_8));
    for (Path file : VaultFolder.files(classes)) {
      digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
  }

  /** The rest of the class path, without the tests. */
  private static String libraries(Path classes) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.endsWith("test-classes") && !Path.of(entry).equals(classes))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Once through what most starts do; see {@link Rehearsal}. */
  private void rehearse(Path folder) throws IOException {
    Path stage = Files.createTempDirectory(folder, "stage");
    List<String> line = java(List.of("-XX:ArchiveClassesAtExit=" + archive));
    line.addAll(List.of(Rehearsal.class.getName(), libraries.toString(), stage.toString()));
    Path log = folder.resolve("rehearsal.log");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor()).as("it said %s", Files.readString(log)).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    assertThat(libraries.resolve(Environment.getJniLibraryFileName("rocksdb"))).exists();
    try (Stream<Path> files = Files.walk(stage)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

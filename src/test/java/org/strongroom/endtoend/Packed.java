package org.strongroom.endtoend;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.strongroom.app.Main;

/**
 * The class path of the program under test, its own classes packed as a user has them, and what
 * makes a start cheaper, since a hundred of them add up: an archive of what it loads saves a third,
 * the store's library unpacked once a tenth. Made once for these classes on this JDK, whichever of
 * the processes that run tests comes first.
 *
 * @param archive may be missing or unfit, which only costs that gain
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
          unpackLibrary(folder);
          packed.writeArchive(folder);
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
    out.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Djava.library.path=" + libraries));
    out.addAll(options);
    out.addAll(List.of("-cp", classPath, Main.class.getName()));
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

  private static void unpackLibrary(Path folder) throws IOException {
    String name = Environment.getJniLibraryFileName("rocksdb");
    Path library = folder.resolve(name);
    Files.deleteIfExists(library);
    try (InputStream in = RocksDB.class.getResourceAsStream("/" + name)) {
      Files.copy(Objects.requireNonNull(in, name), library);
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

  private void writeArchive(Path folder) throws IOException {
    Path vault = Files.createTempDirectory(folder, "vault");
    List<String> line = command(List.of("-XX:ArchiveClassesAtExit=" + archive));
    line.remove("-XX:SharedArchiveFile=" + archive);
    line.addAll(List.of("init", "--vault", vault.toString()));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("archive.log").toFile())
            .start();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    Files.deleteIfExists(Path.of(vault + ".key"));
    try (Stream<Path> files = Files.walk(vault)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

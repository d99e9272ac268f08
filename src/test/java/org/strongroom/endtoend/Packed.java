package org.strongroom.endtoend;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.strongroom.app.Main;

/**
 * The class path of the program under test, its own classes packed as a user has them, and an
 * archive of what a start loads: it saves a third of every start, and a hundred of them add up.
 *
 * @param archive may be missing or unfit, which only costs that gain
 */
record Packed(String classPath, Path archive) {
  /** Packs the classes that this process runs on. */
  static Packed now() {
    try {
      Path classes =
          Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = Files.createDirectories(Path.of("target", "endtoend").toAbsolutePath());
      Path jar = classes;
      if (Files.isDirectory(classes)) {
        jar = folder.resolve("strongroom.jar");
        pack(classes, jar);
      }
      String classPath = jar + File.pathSeparator + libraries(classes);
      Path archive = folder.resolve("classes.jsa");
      Files.deleteIfExists(archive);
      Packed packed = new Packed(classPath, archive);
      packed.writeArchive(folder);
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
    out.addAll(options);
    out.addAll(List.of("-cp", classPath, Main.class.getName()));
    return out;
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

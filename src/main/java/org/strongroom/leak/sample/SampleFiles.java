package org.strongroom.leak.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.Bytes;

/** The stored files of a sample, one after another, each hashed as it is read. For one thread. */
final class SampleFiles implements Closeable {
  private final String title;
  private final List<Stored> files;
  private final OptionalLong bytes;

  /** Of a folder; null of a single file, whose hash is all. */
  private final @Nullable MessageDigest listing;

  private int index = -1;
  private @Nullable StoredInput current;
  private @Nullable Bytes lastHash;
  private volatile long bytesRead;

  /** A file with the name by which to speak of it. */
  private record Stored(String name, Opener opener) {}

  private interface Opener {
    InputStream open() throws IOException;
  }

  private SampleFiles(String title, List<Stored> files, OptionalLong bytes, boolean folder) {
    this.title = title;
    this.files = files;
    this.bytes = bytes;
    this.listing = folder ? Hashing.sha256() : null;
  }

  static SampleFiles of(InputStream in, String name) {
    return new SampleFiles(name, List.of(new Stored(name, () -> in)), OptionalLong.empty(), false);
  }

  static SampleFiles of(Path path, SampleLimits limits) throws IOException {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    if (!Files.isDirectory(path)) {
      OptionalLong size =
          Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
      return new SampleFiles(
          name, List.of(new Stored(name, () -> Files.newInputStream(path))), size, false);
    }
    Walk walk = new Walk(path.toRealPath(), name, limits.maxEntries());
    Files.walkFileTree(walk.root, walk);
    List<Stored> files = new ArrayList<>();
    walk.found.stream()
        .sorted()
        .forEach(
            found ->
                files.add(
                    new Stored(
                        found.name, () -> Files.newInputStream(walk.root.resolve(found.name)))));
    return new SampleFiles(name, files, OptionalLong.of(walk.bytes), true);
  }

  /** A file in a folder. */
  private record Found(String name, Bytes order) implements Comparable<Found> {
    @Override
    public int compareTo(Found other) {
      return order.compareTo(other.order);
    }
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final String title;
    private final int most;
    private final List<Found> found = new ArrayList<>();
    private long bytes;

    Walk(Path root, String title, int most) {
      this.root = root;
      this.title = title;
      this.most = most;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // Links are neither followed nor files; pipes and devices would never end.
      if (attributes.isRegularFile()) {
        if (found.size() == most) {
          throw Unreadable.file(title, "the sample has more than " + most + " files");
        }
        String name = root.relativize(file).toString().replace(File.separatorChar, '/');
        found.add(new Found(name, Bytes.owned(name.getBytes(UTF_8))));
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /** The next file; null at the end. */
  @Nullable InputStream next() throws IOException {
    index++;
    if (index >= files.size()) {
      return null;
    }
    current = new StoredInput(files.get(index).opener().open(), this::count);
    return current;
  }

  // One thread reads, so adding need not be atomic.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void count(long read) {
    bytesRead += read;
  }

  /** What to call the present file. */
  String name() {
    return index >= 0 && index < files.size() ? files.get(index).name() : title;
  }

  /** Reads the rest of the present file and closes it. */
  void finish() throws IOException {
    if (current == null) {
      throw new BugException("no file is open");
    }
    Bytes hash = current.finish();
    current.close();
    current = null;
    lastHash = hash;
    if (listing != null) {
      listing.update(line(hash, name()).getBytes(UTF_8));
    }
  }

  private static String line(Bytes hash, String name) {
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return (escaped.equals(name) ? "" : "\\") + hash.hex() + "  " + escaped + "\n";
  }

  /** Of everything, once all is finished. */
  Bytes sha256() {
    if (listing != null) {
      // Asked more than once, the digest must not begin anew.
      if (index <= files.size()) {
        lastHash = Bytes.owned(listing.digest());
        index = files.size() + 1;
      }
    }
    if (lastHash == null) {
      throw new BugException("nothing was read");
    }
    return lastHash;
  }

  long bytesRead() {
    return bytesRead;
  }

  OptionalLong bytes() {
    return bytes;
  }

  /** Why the present file cannot be read on, if that is the disk's or the network's fault. */
  @Nullable IOException failure() {
    return current == null ? null : current.failure();
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    } else if (index < 0 && bytes.isEmpty()) {
      // A stream that was handed over is closed even if nobody read it.
      files.get(0).opener().open().close();
    }
  }
}

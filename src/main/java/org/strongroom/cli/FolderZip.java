package org.strongroom.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * The files of a folder as one zip stream, made as it is read. The same files are the same bytes,
 * whenever and wherever they lie. Links are not followed. For one thread.
 */
final class FolderZip extends InputStream {
  private static final int READ_BYTES = 64 * 1024;
  private static final int MAX_FILES = 100_000;

  /** The earliest that a zip can tell: when a file was written is nobody's business. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path folder;
  private final Iterator<Path> files;
  private final ByteArrayOutputStream made = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(made);
  private final byte[] buffer = new byte[READ_BYTES];
  private @Nullable InputStream file;
  private byte[] ready = new byte[0];
  private int at;
  private boolean ended;

  private FolderZip(Path folder, List<Path> files) {
    this.folder = folder;
    this.files = files.iterator();
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /**
   * Finds the files.
   *
   * @throws VaultException {@code UNREADABLE_INPUT} when there are none, or too many
   */
  static FolderZip of(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files =
          all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
              .limit(MAX_FILES + 1)
              .sorted()
              .toList();
      if (files.isEmpty() || files.size() > MAX_FILES) {
        throw new VaultException(
            ErrorCode.UNREADABLE_INPUT,
            "the folder holds "
                + (files.isEmpty() ? "no files" : "more than " + MAX_FILES + " files"));
      }
      return new FolderZip(folder, files);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (at == ready.length) {
      if (ended) {
        return -1;
      }
      made.reset();
      make();
      ready = made.toByteArray();
      at = 0;
    }
    int n = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, to, offset, n);
    at += n;
    return n;
  }

  /** One step further: a new file, a piece of one, or the end. */
  private void make() throws IOException {
    InputStream open = file;
    if (open != null) {
      int n = open.read(buffer);
      if (n >= 0) {
        zip.write(buffer, 0, n);
      } else {
        zip.closeEntry();
        open.close();
        file = null;
      }
    } else if (files.hasNext()) {
      Path next = files.next();
      ZipEntry entry = new ZipEntry(name(next));
      entry.setTimeLocal(NO_TIME);
      zip.putNextEntry(entry);
      file = Files.newInputStream(next);
    } else {
      zip.close();
      ended = true;
    }
  }

  private String name(Path of) {
    return folder.relativize(of).toString().replace('\\', '/');
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}

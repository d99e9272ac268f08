package org.strongroom.leak.sample;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.PeekedInput;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.report.Report;

/**
 * A sample of what is said to have leaked: a file, a folder of files, or a stream. Reads JSON,
 * separated cells, dumps of databases, Excel workbooks and plain text, packed or not, in the
 * encodings that {@link Report.Part} names; what a file is, is told by its content. Memory does not
 * grow with the sample, and nothing is written anywhere.
 *
 * <p>In folders and archives, what is empty or no sample data, such as pictures beside a table, is
 * passed over and counted as a part of format {@code other}; alone it is refused. Symbolic links in
 * folders are not followed, hidden files are read.
 *
 * <p>For one thread, but {@link #bytesRead} may be asked by any.
 */
public final class Sample implements Closeable {
  private static final String STREAM = "the sample";

  private final SampleLimits limits;
  private final Columns columns = new Columns();
  private final RowsBuilder builder;
  private final Unpacker unpacker;
  private final SampleFiles files;
  private final Map<Kind, Count> parts = new TreeMap<>();
  private @Nullable Reading reading;
  private @Nullable VaultException firstOther;
  private boolean fileOpen;
  private boolean ended;
  private long brokenCharacters;

  private record Kind(String format, String encoding, String packed) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      return (format + ' ' + encoding + ' ' + packed)
          .compareTo(other.format + ' ' + other.encoding + ' ' + other.packed);
    }
  }

  /** How many files and records of a kind there were. */
  private static final class Count {
    private long files;
    private long records;
  }

  /** A file that is being read. */
  private record Reading(RowReader rows, @Nullable DecodedText text, Count count)
      implements Closeable {
    @Override
    public void close() throws IOException {
      if (rows instanceof Closeable closeable) {
        closeable.close();
      }
    }
  }

  private Sample(SampleFiles files, SampleLimits limits) {
    this.limits = limits;
    this.builder = new RowsBuilder(limits.maxValueChars());
    this.unpacker = new Unpacker(limits);
    this.files = files;
  }

  /**
   * Opens a file or a folder, whose files are then read in the order of their names.
   *
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} if there is nothing
   */
  public static Sample open(Path fileOrFolder, SampleLimits limits) throws IOException {
    if (!Files.exists(fileOrFolder)) {
      throw Unreadable.file(String.valueOf(fileOrFolder.getFileName()), "there is no such file");
    }
    return new Sample(SampleFiles.of(fileOrFolder, limits), limits);
  }

  /** Reads a stream of which nothing is known, such as the body of a request, and closes it. */
  public static Sample open(InputStream in, SampleLimits limits) {
    return new Sample(SampleFiles.of(in, STREAM), limits);
  }

  /**
   * The next records, all of one file: about 1,000 or a MiB of them, or fewer at a file's end.
   *
   * @return null at the end
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} with the reason and the place, after
   *     which the sample is of no more use; never with a value
   * @throws IOException if the disk or the network fails
   */
  public @Nullable Rows next() throws IOException {
    try {
      while (!ended) {
        if (reading == null) {
          advance();
          continue;
        }
        Reading current = reading;
        boolean more = true;
        while (more && !builder.isFull()) {
          more = current.rows().read(builder);
        }
        if (!more) {
          leave(current);
        }
        if (!builder.isEmpty()) {
          Rows rows = builder.build();
          current.count().records += rows.size();
          return rows;
        }
      }
      return null;
    } catch (VaultException | IOException e) {
      @Nullable IOException failure = files.failure();
      if (failure != null) {
        throw failure;
      }
      throw e;
    }
  }

  private void advance() throws IOException {
    Unpacker.@Nullable Found found;
    if (fileOpen) {
      found = unpacker.next();
      if (found == null) {
        files.finish();
        fileOpen = false;
        return;
      }
    } else {
      @Nullable InputStream in = files.next();
      if (in == null) {
        end();
        return;
      }
      fileOpen = true;
      unpacker.count(files.name());
      found = unpacker.open(in, files.name());
    }
    if (found instanceof Unpacker.Leaf leaf) {
      enter(leaf);
    } else if (found instanceof Unpacker.Other other) {
      count("other", "none", other.packed()).files++;
      if (firstOther == null) {
        firstOther = other.reason();
      }
    }
  }

  private void enter(Unpacker.Leaf leaf) throws IOException {
    builder.begin(leaf.file());
    @Nullable Encoding encoding = leaf.encoding();
    if (encoding == null) {
      WorkbookRows rows = new WorkbookRows(unpacker.workbook(leaf), leaf.file(), columns);
      reading = new Reading(rows, null, count(rows.format(), "UTF-8", leaf.packed()));
    } else {
      PeekedInput in = leaf.in();
      byte[] prefix = in.peeked();
      String beginning =
          new String(prefix, encoding.mark(), prefix.length - encoding.mark(), encoding.charset());
      in.drop(encoding.mark());
      DecodedText text = new DecodedText(in, leaf.file(), encoding);
      boolean whole = prefix.length < Unpacker.LOOKED_AT;
      RowReader rows = FormatGuess.reader(text, beginning, whole, leaf.file(), columns, limits);
      reading = new Reading(rows, text, count(rows.format(), encoding.name(), leaf.packed()));
    }
    reading.count().files++;
  }

  private void leave(Reading done) throws IOException {
    if (done.text() != null) {
      brokenCharacters += done.text().broken();
    }
    done.close();
    reading = null;
  }

  private void end() {
    boolean any = parts.keySet().stream().anyMatch(kind -> !kind.format().equals("other"));
    if (!any) {
      throw firstOther != null
          ? firstOther
          : Unreadable.file(files.name(), "there is no file to read in it");
    }
    ended = true;
  }

  private Count count(String format, String encoding, String packed) {
    return parts.computeIfAbsent(new Kind(format, encoding, packed), each -> new Count());
  }

  /** The columns met so far. */
  public Columns columns() {
    return columns;
  }

  /** How many bytes of the sample, as it is stored, have been read. */
  public long bytesRead() {
    return files.bytesRead();
  }

  /** How many there are in all; empty for a stream. */
  public OptionalLong bytes() {
    return files.bytes();
  }

  /** Characters so far that broke the encoding of their file, and were replaced. */
  public long brokenCharacters() {
    return brokenCharacters;
  }

  /**
   * SHA-256 (FIPS 180-4) of the file or stream as stored. Of a folder, of the text that {@code
   * sha256sum} prints for its files: for each, in the order of their names' UTF-8 bytes, the hash
   * in hexadecimal, two spaces, the name relative to the folder with "/" between its parts, and a
   * line feed; where a name holds a backslash, line feed or carriage return, these are written as
   * {@code \\}, {@code \n} and {@code \r}, and the line begins with a backslash.
   *
   * @throws IllegalStateException before the end
   */
  public Bytes sha256() {
    if (!ended) {
      throw new IllegalStateException("the sample has not been read to its end");
    }
    return files.sha256();
  }

  /** What was read so far, by form. */
  public List<Report.Part> parts() {
    List<Report.Part> out = new ArrayList<>();
    parts.forEach(
        (kind, count) ->
            out.add(
                new Report.Part(
                    kind.format(), kind.encoding(), kind.packed(), count.files, count.records)));
    return out;
  }

  @Override
  public void close() throws IOException {
    if (reading != null) {
      reading.close();
      reading = null;
    }
    files.close();
  }
}

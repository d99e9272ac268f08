package org.strongroom.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/**
 * An opened input: what it is, the one reader that cuts it, and as many parsers as there are
 * workers. Looks at the first mebibyte to find the format and the columns; both are then fixed.
 */
public final class Intake implements Closeable {
  private static final int MAGIC_BYTES = 2;
  private static final int PEEK_BYTES = 1 << 20;
  private static final int SAMPLE_RECORDS = 1_000;

  private final Format format;
  private final boolean gzip;
  private final PieceReader reader;
  private final Function<UnaryOperator<Columns>, PieceParser> parsers;
  private final boolean images;

  private Intake(
      Format format,
      boolean gzip,
      boolean images,
      PieceReader reader,
      Function<UnaryOperator<Columns>, PieceParser> parsers) {
    this.images = images;
    this.format = format;
    this.gzip = gzip;
    this.reader = reader;
    this.parsers = parsers;
  }

  /**
   * Opens a local file; image files below its folder may be named in it.
   *
   * @throws VaultException {@link ErrorCode#UNREADABLE_INPUT} when there is no such file, or it is
   *     empty, a directory, not text of a known format, or has no known column; {@link
   *     ErrorCode#BAD_REQUEST} when a mapped source is missing from a CSV header
   */
  public static Intake open(Path file, Columns columns, ReadOptions options) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (Files.isDirectory(file)) {
      throw unreadable(name, "this is a directory; name the files in it");
    }
    @Nullable Path folder = file.toAbsolutePath().getParent();
    try {
      @Nullable Path base =
          folder != null && Files.isRegularFile(file) ? folder.toRealPath() : null;
      return open(name, Files.newInputStream(file), columns, options, new ImageFiles(base));
    } catch (NoSuchFileException e) {
      throw unreadable(name, "there is no such file");
    } catch (AccessDeniedException e) {
      throw unreadable(name, "this file may not be read");
    }
  }

  /**
   * Opens a stream from elsewhere, in which a name of an image file is refused. The stream is
   * closed with the intake, or here if this throws.
   *
   * @param name what to call the input in messages
   * @throws VaultException as for a file
   */
  public static Intake open(String name, InputStream in, Columns columns, ReadOptions options)
      throws IOException {
    return open(name, in, columns, options, new ImageFiles(null));
  }

  private static Intake open(
      String name, InputStream in, Columns columns, ReadOptions options, ImageFiles images)
      throws IOException {
    CountingInput counting = new CountingInput(in);
    boolean opened = false;
    try {
      PeekedInput stored = PeekedInput.of(counting, MAGIC_BYTES);
      boolean gzip = Content.isGzip(stored.peeked());
      PeekedInput input = PeekedInput.of(gzip ? new GzipMembers(stored) : stored, PEEK_BYTES);
      int mark = Content.markLength(input.peeked());
      input.drop(mark);
      byte[] prefix = Arrays.copyOfRange(input.peeked(), mark, input.peeked().length);
      Intake intake =
          new Opening(name, Bytes.owned(prefix), columns, options, images)
              .open(input, counting, gzip);
      opened = true;
      return intake;
    } catch (Refusal e) {
      throw unreadable(name, e.problem().text());
    } finally {
      if (!opened) {
        counting.close();
      }
    }
  }

  private static VaultException unreadable(String name, String reason) {
    return new VaultException(ErrorCode.UNREADABLE_INPUT, name + ": " + reason);
  }

  public Format format() {
    return format;
  }

  /** Whether the input is compressed. */
  public boolean gzip() {
    return gzip;
  }

  /** Whether a column is a picture, so that a record may be far larger than its line. */
  public boolean hasImages() {
    return images;
  }

  /** The one reader, for one thread; always the same. */
  public PieceReader reader() {
    return reader;
  }

  /** A parser for one worker. */
  public PieceParser newParser() {
    return parsers.apply(UnaryOperator.identity());
  }

  /** A parser for elements that another has parsed already, so that nothing is counted twice. */
  public PieceParser newParserOnceMore() {
    return parsers.apply(Columns::counted);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** What is known while an input is being opened. */
  private record Opening(
      String name, Bytes start, Columns columns, ReadOptions options, ImageFiles images) {

    Intake open(InputStream input, CountingInput counting, boolean gzip) throws IOException {
      byte[] prefix = start.unsafeArray();
      Content.unsupported(prefix)
          .ifPresent(
              reason -> {
                throw unreadable(name, reason);
              });
      if (Content.isBlank(prefix)) {
        throw unreadable(name, "the file is empty");
      }
      @Nullable Format asked = options.format();
      Format format = asked == null ? Content.format(prefix) : asked;
      ByteWindow window = new ByteWindow(input);
      if (format == Format.CSV) {
        CsvHeader header = CsvHeader.read(name, prefix, columns, options);
        int max = options.maxElementBytes();
        CsvCutter cutter = new CsvCutter(name, window, counting::count, max, header.delimiter());
        cutter.cut(new BatchBuilder(name, 1, 1, 1024));
        return new Intake(
            format,
            gzip,
            IntStream.range(0, header.size()).map(header::position).anyMatch(this::isImage),
            cutter,
            seen -> new CsvPieceParser(header, seen.apply(columns), images, max));
      }
      JsonFactory factory = JsonPieceParser.factory(options.maxElementBytes());
      Set<String> paths = sample(format, factory);
      Columns seeing = columns.seeing(paths);
      return new Intake(
          format,
          gzip,
          paths.stream().mapToInt(seeing::position).anyMatch(this::isImage),
          cutter(format, window, counting),
          seen -> new JsonPieceParser(factory, seen.apply(seeing), images));
    }

    private boolean isImage(int position) {
      return position >= 0 && columns.target(position).image();
    }

    private Set<String> sample(Format format, JsonFactory factory) throws IOException {
      PathSample sample = new PathSample(factory);
      ByteWindow window = new ByteWindow(new ByteArrayInputStream(start.unsafeArray()));
      try (PieceReader reader =
          cutter(format, window, new CountingInput(InputStream.nullInputStream()))) {
        @Nullable RawBatch batch = reader.next(SAMPLE_RECORDS, PEEK_BYTES);
        if (batch != null) {
          sample.add(batch);
        }
      }
      Set<String> paths = sample.paths();
      Columns seeing = columns.seeing(paths);
      if (!paths.isEmpty() && paths.stream().allMatch(path -> seeing.position(path) < 0)) {
        throw unreadable(
            name,
            "none of the "
                + paths.size()
                + " names in the first records is a known field; pass"
                + " --map NAME=field");
      }
      return paths;
    }

    private Cutter cutter(Format format, ByteWindow window, CountingInput counting) {
      int max = options.maxElementBytes();
      return format == Format.NDJSON
          ? new LineCutter(name, window, counting::count, max, Content.isBulk(start.unsafeArray()))
          : new JsonCutter(name, window, counting::count, max);
    }
  }
}

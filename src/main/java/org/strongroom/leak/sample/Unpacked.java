package org.strongroom.leak.sample;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipException;
import org.strongroom.ingest.CountingInput;
import org.strongroom.ingest.Refusal;
import org.strongroom.kernel.BlockInput;
import org.strongroom.kernel.VaultException;

/**
 * What comes out of one packing: stops what grows beyond the limits, and says in words what is
 * wrong with the packing. For one thread.
 */
final class Unpacked extends BlockInput {
  /** Up to here anything may grow as it likes. */
  private static final long FREE = 1 << 20;

  private final String file;
  private final String packing;
  private final CountingInput packed;
  private final long packedBefore;
  private final CountingInput outermost;
  private final Expansion expansion;
  private long count;

  /** Counts what all packings of a sample gave. */
  static final class Expansion {
    private final SampleLimits limits;
    private long total;

    Expansion(SampleLimits limits) {
      this.limits = limits;
    }
  }

  /**
   * @param packed what is unpacked, at the place where {@code in} begins
   * @param outermost what the whole stored file is unpacked from; perhaps the same
   */
  Unpacked(
      InputStream in,
      String file,
      String packing,
      CountingInput packed,
      CountingInput outermost,
      Expansion expansion) {
    super(in);
    this.file = file;
    this.packing = packing;
    this.packed = packed;
    this.packedBefore = packed.count();
    this.outermost = outermost;
    this.expansion = expansion;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(to, offset, length);
    } catch (IOException e) {
      throw reason(e);
    }
    if (read > 0) {
      count += read;
      expansion.total += read;
      check();
    }
    return read;
  }

  /** Reads to the end; gives how much came out in all. */
  long drain() throws IOException {
    byte[] rest = new byte[1 << 16];
    while (read(rest, 0, rest.length) >= 0) {
      // Whatever it is, it counts.
    }
    return count;
  }

  private VaultException reason(IOException e) throws IOException {
    return reason(e, file, packing);
  }

  /**
   * What a decoder's complaint means.
   *
   * @throws IOException {@code e} itself, if it is none
   */
  static VaultException reason(IOException e, String file, String packing) throws IOException {
    if (e instanceof Refusal refusal) {
      return Unreadable.file(file, refusal.problem().text());
    }
    if (e instanceof EOFException) {
      return Unreadable.file(file, "the " + packing + " data ends in the middle");
    }
    if (e instanceof ZstdIOException zstd) {
      boolean cut = String.valueOf(zstd.getMessage()).contains("runcated");
      return Unreadable.file(
          file, cut ? "the zstd data ends in the middle" : "the zstd data is damaged");
    }
    if (e instanceof ZipException zip) {
      boolean encrypted = String.valueOf(zip.getMessage()).contains("encrypted");
      return Unreadable.file(
          file,
          encrypted
              ? "the zip file is encrypted; unpack it with its password first"
              : "the zip file is damaged, or packed by a method other than deflate");
    }
    throw e;
  }

  private void check() {
    SampleLimits limits = expansion.limits;
    // What is read ahead of the unpacking counts as packed, so the ratio is never overstated.
    long least = Math.min(packed.count() - packedBefore, outermost.count());
    if (count > FREE && count / Math.max(1, least) >= limits.maxRatio()) {
      throw Unreadable.file(
          file,
          String.format(
              Locale.ROOT,
              "the %s data grows more than %,d times when unpacked, as zip bombs do",
              packing,
              limits.maxRatio()));
    }
    if (expansion.total > limits.maxExpandedBytes()) {
      throw Unreadable.file(
          file,
          String.format(
              Locale.ROOT,
              "unpacked, the sample is larger than %,d bytes; check it in parts",
              limits.maxExpandedBytes()));
    }
  }
}

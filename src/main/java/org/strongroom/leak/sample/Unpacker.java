package org.strongroom.leak.sample;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.ingest.Content;
import org.strongroom.ingest.CountingInput;
import org.strongroom.ingest.GzipMembers;
import org.strongroom.ingest.PeekedInput;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.VaultException;

/**
 * Gets at the texts and workbooks in one stored file, through gzip, zstd and zip in one another,
 * one after another. What they are is told by their content. For one thread.
 */
final class Unpacker {
  static final int LOOKED_AT = 1 << 20;
  private static final Bytes ZIP = Bytes.ofHex("504b0304");
  private static final Bytes EMPTY_ZIP = Bytes.ofHex("504b0506");
  private static final Bytes SPLIT_ZIP = Bytes.ofHex("504b0708");
  private static final Bytes ZSTD = Bytes.ofHex("28b52ffd");

  private final SampleLimits limits;
  private final Unpacked.Expansion expansion;
  private final Deque<Level> archives = new ArrayDeque<>();
  private int entries;
  private int depth;
  private String packed = "none";

  /** What the present file is unpacked from; null while it is not packed. */
  private @Nullable CountingInput outermost;

  /** A zip file that is being read. */
  private static final class Level {
    private final ZipEntries zip;
    private final CountingInput packed;
    private final int depth;
    private final String packing;
    private @Nullable Unpacked entry;

    Level(ZipEntries zip, CountingInput packed, int depth, String packing) {
      this.zip = zip;
      this.packed = packed;
      this.depth = depth;
      this.packing = packing;
    }

    /** The next file in it, after the rest of the present one, which is unpacked within limits. */
    @Nullable String next() throws IOException {
      if (entry != null) {
        entry.drain();
      }
      return zip.next();
    }
  }

  /** What was found in a sample. */
  sealed interface Found permits Leaf, Other {}

  /**
   * Something to read.
   *
   * @param in at the beginning of the file, its mark included
   * @param encoding of a text; null of a workbook
   * @param packed the outermost packing, or {@code none}
   */
  record Leaf(String file, PeekedInput in, @Nullable Encoding encoding, String packed)
      implements Found {}

  /**
   * What is no sample data, such as a picture that lies beside it.
   *
   * @param reason why it cannot be read
   */
  record Other(VaultException reason, String packed) implements Found {}

  Unpacker(SampleLimits limits) {
    this.limits = limits;
    this.expansion = new Unpacked.Expansion(limits);
  }

  /** What a file holds: the first {@link Leaf} or {@link Other}; go on with {@link #next}. */
  Found open(InputStream in, String file) throws IOException {
    depth = 0;
    packed = "none";
    outermost = null;
    return unpack(in, file);
  }

  /** The next leaf of the archives that are open; null when they are all read. */
  @Nullable Found next() throws IOException {
    while (!archives.isEmpty()) {
      Level level = archives.getLast();
      @Nullable String name = level.next();
      if (name == null) {
        archives.removeLast();
      } else {
        depth = level.depth;
        packed = level.packing;
        String file = level.zip.file() + "/" + name;
        count(file);
        level.entry = unpacked(level.zip.content(), file, "zip", level.packed);
        return unpack(level.entry, file);
      }
    }
    return null;
  }

  private Found unpack(InputStream in, String file) throws IOException {
    PeekedInput peeked = PeekedInput.of(in, LOOKED_AT);
    byte[] prefix = peeked.peeked();
    if (prefix.length == 0) {
      return new Other(Unreadable.file(file, "the file is empty"), packed);
    }
    if (Content.isGzip(prefix)) {
      CountingInput counted = deeper(peeked, file, "gzip");
      return unpack(unpacked(new GzipMembers(counted), file, "gzip", counted), file);
    }
    if (startsWith(prefix, ZSTD) || isSkippableFrame(prefix)) {
      CountingInput counted = deeper(peeked, file, "zstd");
      return unpack(unpacked(new ZstdInputStreamNoFinalizer(counted), file, "zstd", counted), file);
    }
    if (startsWith(prefix, ZIP) || startsWith(prefix, SPLIT_ZIP)) {
      if (isOffice(prefix)) {
        return new Leaf(file, peeked, null, packed);
      }
      CountingInput counted = deeper(peeked, file, "zip");
      archives.addLast(new Level(new ZipEntries(counted, file), counted, depth, packed));
      @Nullable Found first = next();
      return first == null ? noEntries(file) : first;
    }
    if (startsWith(prefix, EMPTY_ZIP)) {
      return noEntries(file);
    }
    return text(peeked, prefix, file);
  }

  private Other noEntries(String file) {
    return new Other(Unreadable.file(file, "the zip file holds no file"), packed);
  }

  private Found text(PeekedInput peeked, byte[] prefix, String file) {
    boolean whole = prefix.length < LOOKED_AT;
    Optional<Encoding> encoding = Encoding.detect(prefix, whole);
    Optional<String> known = Content.known(prefix);
    if (known.isPresent() || encoding.isEmpty()) {
      String reason = known.orElse("this is binary data, or text in an encoding that is not known");
      return new Other(Unreadable.file(file, reason), packed);
    }
    if (encoding.get().mark() == prefix.length) {
      return new Other(Unreadable.file(file, "the file is empty"), packed);
    }
    return new Leaf(file, peeked, encoding.get(), packed);
  }

  /**
   * A workbook as it is packed, whose parts were seen to stay within the limits.
   *
   * @throws VaultException {@link org.strongroom.kernel.ErrorCode#UNREADABLE_INPUT} if it is none
   */
  byte[] workbook(Leaf leaf) throws IOException {
    String file = leaf.file();
    byte[] content = leaf.in().readNBytes(limits.maxWorkbookBytes());
    if (leaf.in().read() >= 0) {
      throw Unreadable.file(
          file,
          "the workbook is larger than "
              + limits.maxWorkbookBytes()
              + " bytes; save its sheets as CSV");
    }
    CountingInput counted = new CountingInput(new ByteArrayInputStream(content));
    ZipEntries parts = new ZipEntries(counted, file);
    boolean workbook = false;
    for (@Nullable String part = parts.next(); part != null; part = parts.next()) {
      workbook |= part.equals("xl/workbook.xml");
      count(file);
      Unpacked unpacked = new Unpacked(parts.content(), file, "zip", counted, counted, expansion);
      long length = unpacked.drain();
      if (part.endsWith("sharedStrings.xml") && length > limits.maxWorkbookBytes()) {
        throw Unreadable.file(file, "the workbook has too many texts; save its sheets as CSV");
      }
    }
    if (!workbook) {
      throw Unreadable.file(file, "this is an Office document other than an Excel workbook (xlsx)");
    }
    return content;
  }

  private Unpacked unpacked(InputStream in, String file, String packing, CountingInput from) {
    CountingInput first = outermost == null ? from : outermost;
    return new Unpacked(in, file, packing, from, first, expansion);
  }

  private CountingInput deeper(InputStream in, String file, String packing) {
    if (++depth > limits.maxDepth()) {
      throw Unreadable.file(
          file, "more than " + limits.maxDepth() + " packings inside one another; unpack it first");
    }
    packed = packed.equals("none") ? packing : packed;
    CountingInput counted = new CountingInput(in);
    if (outermost == null) {
      outermost = counted;
    }
    return counted;
  }

  /** Counts a file of the sample, stored or packed. */
  void count(String file) {
    if (++entries > limits.maxEntries()) {
      throw Unreadable.file(file, "the sample has more than " + limits.maxEntries() + " files");
    }
  }

  /** Whether the first file of a zip file is one with which Office documents begin. */
  private static boolean isOffice(byte[] prefix) {
    if (prefix.length < 30) {
      return false;
    }
    int length = (prefix[26] & 0xff) | (prefix[27] & 0xff) << 8;
    String name =
        new String(prefix, 30, Math.min(length, prefix.length - 30), StandardCharsets.ISO_8859_1);
    return name.equals("[Content_Types].xml")
        || name.equals("_rels/.rels")
        || name.startsWith("docProps/")
        || name.startsWith("xl/");
  }

  /** A zstd frame of data for programs, with which parallel packers begin (RFC 8878, 3.1.2). */
  private static boolean isSkippableFrame(byte[] prefix) {
    return prefix.length > 8
        && (prefix[0] & 0xf0) == 0x50
        && prefix[1] == 0x2a
        && prefix[2] == 0x4d
        && prefix[3] == 0x18;
  }

  private static boolean startsWith(byte[] prefix, Bytes wanted) {
    byte[] magic = wanted.unsafeArray();
    return prefix.length >= magic.length
        && Arrays.equals(prefix, 0, magic.length, magic, 0, magic.length);
  }
}

package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.strongroom.kernel.Bytes;

/**
 * The state of a log at one moment (C2SP tlog-checkpoint).
 *
 * @param origin the log's unique name: not empty, no control characters
 * @param size leaves in the log
 * @param root the RFC 6962 root over them, 32 bytes
 * @param extensions lines that the log adds, none of them empty; they mean nothing here
 */
public record Checkpoint(String origin, long size, Bytes root, List<String> extensions) {
  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (!isLine(origin)) {
      throw new IllegalArgumentException("the checkpoint's origin is empty or not one line");
    }
    if (size < 0) {
      throw new IllegalArgumentException("the checkpoint's size is negative");
    }
    if (root.length() != Hashes.BYTES) {
      throw new IllegalArgumentException("the checkpoint's root has not 32 bytes");
    }
    if (!extensions.stream().allMatch(Checkpoint::isLine)) {
      throw new IllegalArgumentException("an extension of the checkpoint is empty or not one line");
    }
  }

  /** A checkpoint without extensions. */
  public Checkpoint(String origin, long size, Bytes root) {
    this(origin, size, root, List.of());
  }

  /**
   * Reads the text of a signed note; does not check its signatures.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Checkpoint ofNote(byte[] note) {
    return of(SignedNote.parse(note));
  }

  /** {@link #ofNote} of a note that was read already. */
  public static Checkpoint of(SignedNote note) {
    return parse(note.text().unsafeArray());
  }

  /**
   * Reads the text that is signed.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Checkpoint parse(byte[] body) {
    String text = Canonical.text(body, SignedNote.MAX_BYTES, "the checkpoint");
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the checkpoint does not end in a newline");
    }
    List<String> lines = Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3) {
      throw new IllegalArgumentException("the checkpoint has not the lines origin, size and root");
    }
    return new Checkpoint(
        lines.get(0),
        Canonical.decimal(lines.get(1), "the checkpoint's size"),
        Canonical.hash(lines.get(2), "the checkpoint's root"),
        lines.subList(3, lines.size()));
  }

  /** The text that is signed: three lines and the extensions, each ended. */
  public byte[] body() {
    StringBuilder out = new StringBuilder();
    out.append(origin).append('\n').append(size).append('\n');
    out.append(Canonical.base64(root.unsafeArray())).append('\n');
    extensions.forEach(line -> out.append(line).append('\n'));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isLine(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> c < ' ');
  }
}

package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.strongroom.kernel.Bytes;

/**
 * That an entry is in a log, to be checked offline (C2SP tlog-proof): its index, a proof of
 * inclusion and the signed checkpoint that this leads to.
 *
 * <p>It shows something only with a {@link TrustPolicy} that accepts the note, and an entry of
 * which {@link #includes} is true.
 *
 * @param extra data of the application's, not covered by any signature; not empty
 * @param index of the entry, from 0
 * @param proof from the leaf's sibling to the root's child
 * @param note a checkpoint of more than {@code index} entries
 */
public record TlogProof(@Nullable Bytes extra, long index, List<Bytes> proof, SignedNote note) {
  /** The largest proof that is read. */
  public static final int MAX_BYTES = 2 << 20;

  /** How files with a proof end. */
  public static final String FILE_EXTENSION = ".tlog-proof";

  private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  /** The lines before the blank one: first, extra, index, hashes; and one, to see too many. */
  private static final int MAX_LINES = 3 + Proofs.MAX_HASHES + 1;

  public TlogProof {
    proof = ProofLines.checked(proof);
    if (extra != null && extra.length() == 0) {
      throw new IllegalArgumentException("the extra data is empty");
    }
    long size = Checkpoint.of(note).size();
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "there is no entry " + index + " in a log of " + size + " entries");
    }
  }

  /**
   * Reads a proof; checks neither its signatures nor its hashes.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static TlogProof parse(byte[] file) {
    String text = Canonical.text(file, MAX_BYTES, "the proof");
    int blank = text.indexOf("\n\n");
    if (!text.startsWith(FIRST_LINE + "\n")) {
      throw new IllegalArgumentException("the proof does not begin with " + FIRST_LINE);
    }
    if (blank < 0) {
      throw new IllegalArgumentException("the proof has no blank line before its checkpoint");
    }
    List<String> lines = List.of(text.substring(0, blank).split("\n", MAX_LINES));
    int at = 1;
    Bytes extra = null;
    if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
      extra = Bytes.owned(Canonical.base64(lines.get(at).substring(EXTRA.length()), "extra data"));
      at++;
    }
    if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
      throw new IllegalArgumentException("the proof has no index where it should be");
    }
    return new TlogProof(
        extra,
        Canonical.decimal(lines.get(at).substring(INDEX.length()), "the proof's index"),
        ProofLines.parse(lines.subList(at + 1, lines.size())),
        SignedNote.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8)));
  }

  /** The proof as it is written to a file. */
  public byte[] bytes() {
    StringBuilder head = new StringBuilder(FIRST_LINE).append('\n');
    if (extra != null) {
      head.append(EXTRA).append(Canonical.base64(extra.unsafeArray())).append('\n');
    }
    head.append(INDEX).append(index).append('\n');
    return ProofLines.before(head.toString(), proof, note);
  }

  /** The checkpoint, of which the signatures were not checked. */
  public Checkpoint checkpoint() {
    return Checkpoint.of(note);
  }

  /** Whether the hashes lead from an entry with this leaf hash to the checkpoint's root. */
  public boolean includes(Bytes leafHash) {
    Checkpoint checkpoint = checkpoint();
    return Proofs.includes(leafHash, index, checkpoint.size(), proof, checkpoint.root());
  }
}

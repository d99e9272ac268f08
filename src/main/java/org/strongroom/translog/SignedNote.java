package org.strongroom.translog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.strongroom.kernel.Bytes;

/**
 * Text with signatures (C2SP signed-note). That a note could be read says nothing of its
 * signatures: those are checked by {@link #verifiedBy}.
 *
 * @param text that is signed: UTF-8, ends in a newline
 * @param signatures in the note's order; at least one and at most {@value #MAX_SIGNATURES}
 */
public record SignedNote(Bytes text, List<NoteSignature> signatures) {
  /** The largest note that is read. */
  public static final int MAX_BYTES = 1 << 20;

  /** The most signatures that a note may have; the specification asks for at least 16. */
  public static final int MAX_SIGNATURES = 64;

  public SignedNote {
    String read = Canonical.text(text.unsafeArray(), MAX_BYTES, "the note's text");
    if (!read.endsWith("\n")) {
      throw new IllegalArgumentException("the note's text does not end in a newline");
    }
    signatures = List.copyOf(signatures);
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException(
          "the note has " + signatures.size() + " signatures; 1 to " + MAX_SIGNATURES + " may be");
    }
  }

  /**
   * Reads a note.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static SignedNote parse(byte[] note) {
    String all = Canonical.text(note, MAX_BYTES, "the note");
    if (!all.endsWith("\n")) {
      throw new IllegalArgumentException("the note does not end in a newline");
    }
    int blank = all.lastIndexOf("\n\n");
    if (blank < 0) {
      throw new IllegalArgumentException("the note has no blank line before its signatures");
    }
    String lines = all.substring(blank + 2);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("the note has no signature");
    }
    // One more than may be, so that a note with very many fails by their number.
    String[] each = lines.substring(0, lines.length() - 1).split("\n", MAX_SIGNATURES + 1);
    if (each.length > MAX_SIGNATURES) {
      throw new IllegalArgumentException(
          "the note has more than " + MAX_SIGNATURES + " signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : each) {
      signatures.add(NoteSignature.parse(line));
    }
    return new SignedNote(utf8(all.substring(0, blank + 1)), signatures);
  }

  /**
   * The note over {@code text} with one Ed25519 signature, by a key that is held elsewhere.
   *
   * @param text ends in a newline
   * @param key of the type {@link VerifierKey.Type#NOTE}
   * @param sign from the text to the key's 64-byte signature
   */
  public static byte[] sign(byte[] text, VerifierKey key, UnaryOperator<byte[]> sign) {
    NoteSignature signature =
        new NoteSignature(key.name(), key.id(), Bytes.owned(sign.apply(text)));
    return new SignedNote(Bytes.copyOf(text), List.of(signature)).bytes();
  }

  /** The note over {@code text} with the key's signature. */
  public static SignedNote sign(Bytes text, SigningKey key) {
    return new SignedNote(text, List.of(key.sign(text)));
  }

  /** This note with more signatures; those that it has already are not added again. */
  public SignedNote with(Collection<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    more.stream().filter(one -> !all.contains(one)).forEach(all::add);
    return new SignedNote(text, all);
  }

  /** The note as it is sent and kept. */
  public byte[] bytes() {
    StringBuilder out =
        new StringBuilder(new String(text.unsafeArray(), StandardCharsets.UTF_8)).append('\n');
    signatures.forEach(signature -> out.append(signature.line()).append('\n'));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Checks the signatures of known keys and passes over all others. A note that none of them signed
   * must be refused by the caller.
   *
   * @return the keys that signed, each with its first signature, in the note's order; perhaps none
   * @throws IllegalArgumentException when a signature under a known key's name and id is not that
   *     key's: then the whole note is to be refused
   */
  public Map<VerifierKey, NoteSignature> verifiedBy(Collection<VerifierKey> known) {
    Map<VerifierKey, NoteSignature> out = new LinkedHashMap<>();
    for (NoteSignature signature : signatures) {
      for (VerifierKey key : known) {
        if (key.isNamedBy(signature)) {
          if (!key.verifies(text, signature)) {
            throw new IllegalArgumentException(
                "the signature of " + key.name() + " does not verify");
          }
          out.putIfAbsent(key, signature);
        }
      }
    }
    return out;
  }

  private static Bytes utf8(String text) {
    return Bytes.owned(text.getBytes(StandardCharsets.UTF_8));
  }
}

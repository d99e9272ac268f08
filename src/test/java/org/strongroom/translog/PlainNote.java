package org.strongroom.translog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.strongroom.kernel.Bytes;

/**
 * Reads and verifies notes and proofs from the texts of C2SP alone: signed-note, tlog-checkpoint,
 * tlog-cosignature, tlog-proof. Has nothing of the code under test, and Ed25519 from the JDK.
 */
public final class PlainNote {
  /** What stands before the 32 bytes of a key in its DER form (RFC 8410). */
  private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String text;
  private final List<String> signatureLines;

  private PlainNote(String text, List<String> signatureLines) {
    this.text = text;
    this.signatureLines = signatureLines;
  }

  public static PlainNote read(byte[] note) {
    String all = new String(note, StandardCharsets.UTF_8);
    int blank = all.lastIndexOf("\n\n");
    return new PlainNote(
        all.substring(0, blank + 1), List.of(all.substring(blank + 2).split("\n")));
  }

  public String text() {
    return text;
  }

  /** Line {@code number} of the text, from 0. */
  public String line(int number) {
    return text.split("\n", -1)[number];
  }

  public List<String> signatureLines() {
    return signatureLines;
  }

  /** The times of the cosignatures of {@code vkey} that verify, or one 0 for each plain one. */
  public List<Long> verified(String vkey) throws GeneralSecurityException {
    String[] parts = vkey.split("\\+", 3);
    byte[] typed = Base64.getDecoder().decode(parts[2]);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update((parts[0] + "\n").getBytes(StandardCharsets.UTF_8));
    byte[] id = Arrays.copyOf(sha256.digest(typed), 4);
    if (!HexFormat.of().formatHex(id).equals(parts[1])) {
      throw new GeneralSecurityException("the id is wrong");
    }
    byte[] key = Arrays.copyOfRange(typed, 1, typed.length);
    List<Long> out = new ArrayList<>();
    for (String line : signatureLines) {
      String[] words = line.split(" ", -1);
      byte[] signature = Base64.getDecoder().decode(words[2]);
      if (words[1].equals(parts[0]) && Arrays.equals(Arrays.copyOf(signature, 4), id)) {
        byte[] rest = Arrays.copyOfRange(signature, 4, signature.length);
        long time = typed[0] == 4 ? ByteBuffer.wrap(rest).getLong() : 0;
        String message = typed[0] == 4 ? "cosignature/v1\ntime " + time + "\n" + text : text;
        byte[] plain = typed[0] == 4 ? Arrays.copyOfRange(rest, 8, rest.length) : rest;
        if (ed25519(key, message.getBytes(StandardCharsets.UTF_8), plain)) {
          out.add(time);
        }
      }
    }
    return out;
  }

  /**
   * Whether a {@code .tlog-proof} shows that {@code leaf} is in the log of {@code logKey}, with at
   * least {@code k} of the witnesses.
   */
  public static boolean proves(
      byte[] file, byte[] leaf, String logKey, List<String> witnessKeys, int k)
      throws GeneralSecurityException {
    String all = new String(file, StandardCharsets.UTF_8);
    String head = all.substring(0, all.indexOf("\n\n"));
    List<String> lines = new ArrayList<>(List.of(head.split("\n")));
    if (!lines.remove(0).equals("c2sp.org/tlog-proof@v1")) {
      return false;
    }
    if (lines.get(0).startsWith("extra ")) {
      lines.remove(0);
    }
    long index = Long.parseLong(lines.remove(0).substring("index ".length()));
    List<Bytes> proof =
        lines.stream().map(line -> Bytes.owned(Base64.getDecoder().decode(line))).toList();
    PlainNote note = read(all.substring(head.length() + 2).getBytes(StandardCharsets.UTF_8));
    int witnesses = 0;
    for (String witness : witnessKeys) {
      witnesses += note.verified(witness).isEmpty() ? 0 : 1;
    }
    return note.line(0).equals(logKey.substring(0, logKey.indexOf('+')))
        && !note.verified(logKey).isEmpty()
        && witnesses >= k
        && SlowProofs.includes(
            SlowTree.leaf(leaf),
            index,
            Long.parseLong(note.line(1)),
            proof,
            Bytes.owned(Base64.getDecoder().decode(note.line(2))));
  }

  private static boolean ed25519(byte[] key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.writeBytes(DER);
    der.writeBytes(key);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(der.toByteArray())));
    verifier.update(message);
    try {
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

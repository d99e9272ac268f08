package org.strongroom.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.RejectSink;
import org.strongroom.policy.Explanation;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.FindResponse;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;
import org.strongroom.vault.Verification;

/**
 * A vault as the command line talks to it: a directory opened here, or a running server. Every
 * method throws {@link Refusal} for a denial and {@link org.strongroom.kernel.VaultException} for a
 * fault.
 */
public interface Session extends AutoCloseable {
  FindResponse find(String collection, FindRequest request);

  /** Writes a picture to {@code out}; returns its content type. */
  String image(Vault.ImageQuestion question, OutputStream out) throws IOException;

  ImportSummary importFile(Path file, ImportRequest request, RejectSink rejects, Progress progress)
      throws IOException;

  List<byte[]> openRejects(List<byte[]> ciphertexts);

  /**
   * Holds the whole vault against its log.
   *
   * @param saved checkpoints that were kept elsewhere
   */
  Verification.Summary verify(List<SavedNote> saved, Verification.Listener listener);

  /** Names and versions of the collections. */
  List<Declared> collections();

  /** The YAML of a collection. */
  String collection(String name);

  /** Puts a collection in force; its version. */
  int applyCollection(String source, String yaml);

  /** The policy in force. */
  Declared policy();

  String policyYaml();

  int applyPolicy(String source, String yaml);

  Explanation explain(String role, String purpose, String collection);

  Users.Shown addUser(String name, Set<String> roles, Actor.Kind kind, boolean token);

  Users.Shown issueToken(String name, Optional<Duration> validFor, String label);

  Users.Shown disableUser(String name, boolean disabled);

  void setPassword(String name, char[] password);

  List<Users.Shown> users();

  /** Makes an administrator from an enrolment code. */
  void enrol(String code, String name, char[] password);

  /** A new enrolment code; the old one is void. */
  String enrolmentCode();

  /** A session token, by password. */
  String signIn(String name, char[] password);

  @Override
  void close();

  /** A declaration in force. */
  record Declared(String name, int version) {}
}

package org.strongroom.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.strongroom.audit.Demand.Unwitnessed;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.RejectSink;
import org.strongroom.leak.lookup.LookupPort;
import org.strongroom.policy.Explanation;
import org.strongroom.vault.Applied;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.FindResponse;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.LogRequest;
import org.strongroom.vault.SavedNote;
import org.strongroom.vault.ShownEntry;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;
import org.strongroom.vault.Verification;
import org.strongroom.vault.WitnessBook;

/**
 * A vault as the command line talks to it: a directory opened here, or a running server. Every
 * method throws {@link Refusal} for a denial and {@link org.strongroom.kernel.VaultException} for a
 * fault.
 */
public interface Session extends AutoCloseable {
  FindResponse find(String collection, FindRequest request);

  /** Writes a picture to {@code out}. */
  Picture image(Vault.ImageQuestion question, OutputStream out) throws IOException;

  ImportSummary importFile(Path file, ImportRequest request, RejectSink rejects, Progress progress)
      throws IOException;

  /** Opens rejected records, in one disclosure or several. */
  List<Vault.OpenedRejects> openRejects(List<byte[]> ciphertexts);

  /** Entries of the audit log, newest first, each as it comes. */
  Inspection.Summary entries(LogRequest request, Consumer<ShownEntry> each);

  /** One entry of the audit log. */
  Inspection.One entry(long index);

  /**
   * Holds the whole vault against its log.
   *
   * @param saved checkpoints that were kept elsewhere
   */
  Verification.Summary verify(List<SavedNote> saved, Verification.Listener listener);

  /** Its leak checks. */
  Leaks leaks();

  /** What leaks are asked about by. */
  LookupPort lookups();

  /** The leaks that people can look themselves up in. */
  LeakRegister leakRegister();

  /** Names and versions of the collections. */
  List<Declared> collections();

  /** The YAML of a collection. */
  String collection(String name);

  /** Puts a collection in force. */
  Applied applyCollection(String source, String yaml);

  /** The policy in force. */
  Declared policy();

  String policyYaml();

  Applied applyPolicy(String source, String yaml);

  Explanation explain(String role, String purpose, String collection);

  Users.Shown addUser(
      String name, Set<String> roles, Actor.Kind kind, Optional<String> agency, boolean token);

  /** Says for which agency a user works; empty: for none that is known. */
  Users.Shown setAgency(String name, Optional<String> agency);

  Users.Shown issueToken(String name, Optional<Duration> validFor, String label);

  Users.Shown disableUser(String name, boolean disabled);

  Receipt setPassword(String name, char[] password);

  List<Users.Shown> users();

  /** Makes an administrator from an enrolment code. */
  Receipt enrol(String code, String name, char[] password);

  /** A new enrolment code; the old one is void. */
  Users.NewCode enrolmentCode();

  /** A session token, by password. */
  String signIn(String name, char[] password);

  /**
   * A file of the log as C2SP tlog-tiles names them: the checkpoint, a tile, an entry bundle.
   *
   * @param path below the log's prefix
   */
  byte[] logFile(String path);

  /** The proof that an entry is in the log (C2SP tlog-proof). */
  byte[] proof(long index);

  /** The witnesses of the log. */
  WitnessBook.InForce witnesses();

  Applied applyWitnesses(String source, String policy, Unwitnessed unwitnessed);

  @Override
  void close();

  /** A picture that was written. */
  record Picture(String contentType, Receipt receipt) {}

  /** A declaration in force. */
  record Declared(String name, int version) {}
}

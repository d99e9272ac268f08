package org.strongroom.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.strongroom.audit.Demand.Unwitnessed;
import org.strongroom.audit.Publication;
import org.strongroom.audit.Receipt;
import org.strongroom.cli.LeakRegister;
import org.strongroom.cli.Leaks;
import org.strongroom.cli.Refusal;
import org.strongroom.cli.Session;
import org.strongroom.identity.Actor;
import org.strongroom.identity.SignIn;
import org.strongroom.identity.SignedIn;
import org.strongroom.ingest.Columns;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Importer;
import org.strongroom.ingest.Intake;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.RejectSink;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.lookup.LookupPort;
import org.strongroom.policy.Explanation;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.translog.TileId;
import org.strongroom.vault.Answer;
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
import org.strongroom.vault.Verifier;
import org.strongroom.vault.WitnessBook;

/** A vault directory opened in this process, for one actor. */
final class LocalSession implements Session {
  private final OpenVault open;
  private final Actor actor;

  private LocalSession(OpenVault open, Actor actor) {
    this.open = open;
    this.actor = actor;
  }

  /**
   * Opens a session on {@code open}, which it closes when it is closed.
   *
   * @param token who is asking; empty for the operator
   * @throws VaultException {@code NOT_AUTHENTICATED} when the token names nobody
   */
  static LocalSession on(OpenVault open, Optional<String> token) {
    try {
      return new LocalSession(open, token.isPresent() ? named(open, token.get()) : operator());
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  static Actor operator() {
    return Actor.operator(System.getProperty("user.name", "unknown"));
  }

  private static Actor named(OpenVault open, String token) {
    SignIn answer = open.identity().byToken(token);
    if (answer instanceof SignedIn signedIn) {
      return signedIn.actor();
    }
    throw new VaultException(
        ErrorCode.NOT_AUTHENTICATED, "STRONGROOM_TOKEN names nobody, or nobody any more");
  }

  /** Disclosing always takes a token: the operator is somebody, but no one in the policy. */
  private void requireToken() {
    if (actor.kind() == Actor.Kind.OPERATOR) {
      throw new VaultException(
          ErrorCode.NOT_AUTHENTICATED,
          "the operator is shown no records: set STRONGROOM_TOKEN to say who is asking");
    }
  }

  @Override
  public FindResponse find(String collection, FindRequest request) {
    requireToken();
    Answer answer = open.vault().disclose(actor, request.question(collection));
    if (answer instanceof Answer.Disclosed disclosed) {
      return FindResponse.of(disclosed);
    }
    throw refusal((Answer.Refused) answer);
  }

  @Override
  public Picture image(Vault.ImageQuestion question, OutputStream out) throws IOException {
    requireToken();
    Picture[] picture = new Picture[1];
    Optional<Answer.Refused> refused =
        open.vault()
            .discloseImage(
                actor,
                question,
                (contentType, bytes, receipt) -> {
                  picture[0] = new Picture(contentType, receipt);
                  return out;
                });
    if (refused.isPresent()) {
      throw refusal(refused.get());
    }
    return picture[0];
  }

  @Override
  public ImportSummary importFile(
      Path file, ImportRequest request, RejectSink rejects, Progress progress) throws IOException {
    CollectionSpec spec = open.catalogue().spec(request.collection());
    Columns columns = Importer.columns(spec, request);
    try (Intake intake = Intake.open(file, columns, request.options())) {
      return new Importer(open.vault(), workers())
          .run(actor, spec, intake, columns, rejects, progress);
    }
  }

  static int workers() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  @Override
  public List<Vault.OpenedRejects> openRejects(List<byte[]> ciphertexts) {
    requireToken();
    return List.of(open.vault().openRejects(actor, ciphertexts));
  }

  @Override
  public Inspection.Summary entries(LogRequest request, Consumer<ShownEntry> each) {
    Inspection.Lines lines =
        new Inspection.Lines() {
          @Override
          public void begin(Receipt receipt) {}

          @Override
          public void entry(ShownEntry entry) {
            each.accept(entry);
          }

          @Override
          public void passed(long index) {}
        };
    try {
      return open.inspection().list(actor, request, lines);
    } catch (IOException e) {
      throw new BugException("these lines do not fail", e);
    }
  }

  @Override
  public Inspection.One entry(long index) {
    return open.inspection().show(actor, index);
  }

  @Override
  public Verification.Summary verify(List<SavedNote> saved, Verification.Listener listener) {
    try (Verifier.Run run = open.verifier().begin(actor, saved)) {
      return run.run(listener);
    }
  }

  @Override
  public Leaks leaks() {
    return new LocalLeaks(open.leaks(), open.canaries(), actor);
  }

  @Override
  public LookupPort lookups() {
    requireToken();
    return open.lookups().as(actor);
  }

  @Override
  public LeakRegister leakRegister() {
    return new LocalLeakRegister(open.lookups(), actor);
  }

  @Override
  public List<Declared> collections() {
    return open.catalogue().specs().stream()
        .map(spec -> new Declared(spec.name(), open.catalogue().version(spec.name())))
        .toList();
  }

  @Override
  public String collection(String name) {
    return open.catalogue().spec(name).yaml();
  }

  @Override
  public Applied applyCollection(String source, String yaml) {
    open.vault().require(actor, Permission.CHANGE_COLLECTIONS);
    return open.catalogue().apply(Vault.by(actor, null), source, yaml);
  }

  @Override
  public Declared policy() {
    return new Declared("policy", open.policies().version());
  }

  @Override
  public String policyYaml() {
    return open.policies().policy().yaml();
  }

  @Override
  public Applied applyPolicy(String source, String yaml) {
    open.vault().require(actor, Permission.CHANGE_POLICY);
    return open.policies().apply(Vault.by(actor, null), source, yaml);
  }

  @Override
  public Explanation explain(String role, String purpose, String collection) {
    return open.policies().explain(role, purpose, collection);
  }

  @Override
  public Users.Shown addUser(
      String name, Set<String> roles, Actor.Kind kind, Optional<String> agency, boolean token) {
    return open.users().add(actor, name, roles, kind, agency, token);
  }

  @Override
  public Users.Shown setAgency(String name, Optional<String> agency) {
    return open.users().agency(actor, name, agency);
  }

  @Override
  public Users.Shown issueToken(String name, Optional<Duration> validFor, String label) {
    return open.users().token(actor, name, validFor, label);
  }

  @Override
  public Users.Shown disableUser(String name, boolean disabled) {
    return open.users().disabled(actor, name, disabled);
  }

  @Override
  public Receipt setPassword(String name, char[] password) {
    return open.users().password(actor, name, password);
  }

  @Override
  public List<Users.Shown> users() {
    return open.users().list(actor);
  }

  @Override
  public Receipt enrol(String code, String name, char[] password) {
    return open.users().enrol(code, name, password).receipt();
  }

  @Override
  public Users.NewCode enrolmentCode() {
    return open.users().enrolmentCode(actor);
  }

  @Override
  public String signIn(String name, char[] password) {
    Users.Session session = open.users().signIn(name, password);
    if (session.token() == null) {
      throw new VaultException(
          ErrorCode.NOT_AUTHENTICATED, "the name or the password is not right");
    }
    return session.token().reveal();
  }

  @Override
  public byte[] logFile(String path) {
    Publication log = open.sequencer().publication();
    return path.equals("checkpoint") ? log.checkpoint().bytes() : log.tile(TileId.parse(path));
  }

  @Override
  public byte[] proof(long index) {
    return open.sequencer().publication().proof(index).bytes();
  }

  @Override
  public WitnessBook.InForce witnesses() {
    return open.witnesses().inForce();
  }

  @Override
  public Applied applyWitnesses(String source, String policy, Unwitnessed unwitnessed) {
    open.vault().require(actor, Permission.CHANGE_POLICY);
    return open.witnesses().apply(Vault.by(actor, null), source, policy, unwitnessed);
  }

  @Override
  public void close() {
    open.close();
  }

  private static Refusal refusal(Answer.Refused refused) {
    return new Refusal(refused.code(), refused.why(), refused.receipt());
  }
}

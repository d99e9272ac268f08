package org.strongroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Demand.Unwitnessed;
import org.strongroom.audit.Receipt;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.ImportSummary;
import org.strongroom.ingest.Progress;
import org.strongroom.ingest.RejectSink;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.lookup.LookupPort;
import org.strongroom.policy.Explanation;
import org.strongroom.schema.CollectionSpec;
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
 * A running server, over its REST interface. Thread-safe. A server that cannot be reached is a
 * {@link VaultException} {@code UNREACHABLE} that says what to check. A picture that an import
 * names by a file beside the input is rejected: the server has the input alone, so such a file is
 * imported into the directory, or with its pictures as base64.
 */
final class RemoteSession implements Session {
  /** How the server calls a declaration that is put, in the errors it finds there. */
  private static final String BODY = "body";

  /** What one call opens at most; the server takes 500 records or 32 MiB of JSON. */
  private static final int MAX_REJECTS = 500;

  private static final long MAX_REJECT_BYTES = 20 << 20;

  private static final String WITNESSES = "/v1/audit/witnesses";

  private final SSLContext tls;
  private final ServerCalls server;

  /**
   * @param vault {@code https://HOST:PORT}
   * @param token who is asking; without one, only enrolment, signing in and a public log work
   * @param ca PEM file of the certificates to trust; empty for those that Java trusts
   * @throws VaultException {@code BAD_REQUEST} for another kind of address, or an unfit PEM file
   */
  RemoteSession(URI vault, Optional<String> token, Optional<Path> ca) {
    this.tls = ServerTrust.of(ca);
    this.server = new ServerCalls(vault, token, tls);
  }

  @Override
  public FindResponse find(String collection, FindRequest request) {
    return server.post(in(collection) + "/find", request, FindResponse.class);
  }

  @Override
  public Picture image(Vault.ImageQuestion question, OutputStream out) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("subject", question.subject().toString());
    body.put("record", question.record().toString());
    body.put("field", question.field());
    body.put("purpose", question.purpose());
    question.reason().ifPresent(reason -> body.put("reason", reason));
    HttpResponse<InputStream> response = server.stream(in(question.collection()) + "/photo", body);
    try (InputStream picture = response.body()) {
      byte[] buffer = new byte[64 * 1024];
      for (int n; (n = read(picture, buffer)) >= 0; ) {
        out.write(buffer, 0, n);
      }
    }
    return new Picture(
        response
            .headers()
            .firstValue("Content-Type")
            .orElseThrow(() -> ServerAnswers.stranger(server.server())),
        ServerAnswers.receipt(server.server(), response.headers()));
  }

  private int read(InputStream picture, byte[] buffer) {
    try {
      return picture.read(buffer);
    } catch (IOException e) {
      throw ServerAnswers.unreachable(server.server(), e);
    }
  }

  @Override
  public ImportSummary importFile(
      Path file, ImportRequest request, RejectSink rejects, Progress progress) throws IOException {
    return new RemoteImport(server.server(), tls, server.authorization())
        .run(file, request, rejects, progress);
  }

  @Override
  public List<Vault.OpenedRejects> openRejects(List<byte[]> ciphertexts) {
    List<Vault.OpenedRejects> opened = new ArrayList<>();
    int from = 0;
    while (from < ciphertexts.size()) {
      int to = from;
      long bytes = 0;
      do {
        bytes += ciphertexts.get(to++).length;
      } while (to < ciphertexts.size()
          && to - from < MAX_REJECTS
          && bytes + ciphertexts.get(to).length <= MAX_REJECT_BYTES);
      opened.add(
          server.post(
              "/v1/rejects/open",
              Map.of("sealed", ciphertexts.subList(from, to)),
              Vault.OpenedRejects.class));
      from = to;
    }
    return opened;
  }

  @Override
  public Inspection.Summary entries(LogRequest request, Consumer<ShownEntry> each) {
    return new RemoteLog(server).list(request, each);
  }

  @Override
  public Inspection.One entry(long index) {
    return server.get(RemoteLog.ENTRIES + "/" + index, Inspection.One.class);
  }

  @Override
  public Verification.Summary verify(List<SavedNote> saved, Verification.Listener listener) {
    return new RemoteVerify(server).run(saved, listener);
  }

  @Override
  public Leaks leaks() {
    return new RemoteLeaks(server, tls);
  }

  @Override
  public LookupPort lookups() {
    return new RemoteLookups(server);
  }

  @Override
  public LeakRegister leakRegister() {
    return new RemoteLookups(server);
  }

  @Override
  public List<Declared> collections() {
    return server.get("/v1/collections", Collections.class).collections();
  }

  private record Collections(List<Declared> collections) {}

  @Override
  public String collection(String name) {
    return server.get(in(name), Declaration.class).yaml();
  }

  /** A declaration as the server tells it; parts that an answer leaves out are empty or 0. */
  private record Declaration(String yaml, int version) {}

  @Override
  public Applied applyCollection(String source, String yaml) {
    // Read here as well, since the address names the collection.
    String name = CollectionSpec.nameIn(source, yaml);
    return put(in(name), source, yaml);
  }

  @Override
  public Declared policy() {
    return new Declared("policy", server.get("/v1/policy", Declaration.class).version());
  }

  @Override
  public String policyYaml() {
    return server.get("/v1/policy", Declaration.class).yaml();
  }

  @Override
  public Applied applyPolicy(String source, String yaml) {
    return put("/v1/policy", source, yaml);
  }

  private Applied put(String path, String source, String yaml) {
    try {
      return server.putYaml(path, yaml, Applied.class);
    } catch (VaultException e) {
      throw calling(BODY, source, e);
    }
  }

  /** The same failure, where the input that the server calls {@code theirs} has our name. */
  static RuntimeException calling(String theirs, String ours, RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof VaultException known && message.startsWith(theirs + ":")
        ? new VaultException(known.code(), ours + message.substring(theirs.length()), known)
        : failure;
  }

  @Override
  public Explanation explain(String role, String purpose, String collection) {
    return server.get(
        "/v1/policy/explain?role="
            + ServerCalls.encoded(role)
            + "&purpose="
            + ServerCalls.encoded(purpose)
            + "&collection="
            + ServerCalls.encoded(collection),
        Explanation.class);
  }

  @Override
  public Users.Shown addUser(
      String name, Set<String> roles, Actor.Kind kind, Optional<String> agency, boolean token) {
    if (kind == Actor.Kind.OPERATOR) {
      throw new VaultException(ErrorCode.INVALID_VALUE, "an operator has no account");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("roles", new TreeSet<>(roles));
    body.put("client", kind == Actor.Kind.CLIENT);
    body.put("token", token);
    agency.ifPresent(each -> body.put("agency", each));
    return server.post("/v1/users", body, Users.Shown.class);
  }

  @Override
  public Users.Shown setAgency(String name, Optional<String> agency) {
    Map<String, @Nullable Object> body = new HashMap<>();
    body.put("agency", agency.orElse(null));
    return server.put(user(name) + "/agency", body, Users.Shown.class);
  }

  @Override
  public Users.Shown issueToken(String name, Optional<Duration> validFor, String label) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("label", label);
    validFor.ifPresent(duration -> body.put("days", duration.toDays()));
    return server.post(user(name) + "/tokens", body, Users.Shown.class);
  }

  @Override
  public Users.Shown disableUser(String name, boolean disabled) {
    return server.post(user(name) + (disabled ? "/disable" : "/enable"), Users.Shown.class);
  }

  @Override
  public Receipt setPassword(String name, char[] password) {
    try {
      return server.postSecret(user(name) + "/password", Map.of("password", password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public List<Users.Shown> users() {
    return server.get("/v1/users", Accounts.class).users();
  }

  private record Accounts(List<Users.Shown> users) {}

  @Override
  public Receipt enrol(String code, String name, char[] password) {
    try {
      byte[] json =
          server.postCredentials(
              "/v1/enrolment", Map.of("code", code, "name", name, "password", password));
      return ServerAnswers.read(server.server(), json, Enrolled.class).receipt();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public Users.NewCode enrolmentCode() {
    return server.post("/v1/enrolment-code", Users.NewCode.class);
  }

  @Override
  public String signIn(String name, char[] password) {
    try {
      byte[] json =
          server.postCredentials("/v1/sessions", Map.of("name", name, "password", password));
      return ServerAnswers.read(server.server(), json, NewSession.class).token();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private record Enrolled(Receipt receipt) {}

  private record NewSession(String token) {}

  private static String in(String collection) {
    return "/v1/collections/" + ServerCalls.encoded(collection);
  }

  private static String user(String name) {
    return "/v1/users/" + ServerCalls.encoded(name);
  }

  /** Connections are let go when idle. */
  @Override
  public byte[] logFile(String path) {
    return server.getPublished("/v1/audit/" + path);
  }

  @Override
  public byte[] proof(long index) {
    return server.getPublished("/v1/audit/proof/" + index);
  }

  @Override
  public WitnessBook.InForce witnesses() {
    Witnesses shown = server.get(WITNESSES, Witnesses.class);
    return new WitnessBook.InForce(
        shown.version(),
        shown.policy(),
        Unwitnessed.valueOf(shown.unwitnessed().toUpperCase(Locale.ROOT)));
  }

  private record Witnesses(int version, String policy, String unwitnessed) {}

  @Override
  public Applied applyWitnesses(String source, String policy, Unwitnessed unwitnessed) {
    String path = WITNESSES + "?unwitnessed=" + unwitnessed.name().toLowerCase(Locale.ROOT);
    try {
      return server.putText(path, policy, Applied.class);
    } catch (VaultException e) {
      throw calling(BODY, source, e);
    }
  }

  @Override
  public void close() {}
}

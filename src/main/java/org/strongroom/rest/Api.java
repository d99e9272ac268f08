package org.strongroom.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.strongroom.audit.Publication;
import org.strongroom.http.Route;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.Importer;
import org.strongroom.kernel.BugException;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.Papers;
import org.strongroom.leak.canary.CanaryBook;
import org.strongroom.leak.lookup.LookupDesk;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.PolicyBook;
import org.strongroom.vault.Users;
import org.strongroom.vault.Vault;
import org.strongroom.vault.Verifier;
import org.strongroom.vault.WitnessBook;

/**
 * Every route of the REST interface, for a {@link org.strongroom.http.Listener} whose doorkeeper is
 * a {@link TokenDoorkeeper}. Thread-safe.
 */
public final class Api {
  private static final String DESCRIPTION = "openapi.json";

  private final List<Route<Actor>> routes;

  /** The audit log, sealed and opened, and who cosigns it. */
  public record Log(Publication publication, WitnessBook witnesses, Inspection inspection) {}

  /** Leaks: samples to judge, and made-up residents to tell them by. */
  public record Leaks(LeakDesk desk, CanaryBook canaries) {}

  /** What the interface is to. */
  public record Services(
      Vault vault,
      Catalogue catalogue,
      PolicyBook policies,
      Users users,
      Verifier verifier,
      Leaks leaks,
      Log log) {}

  /**
   * @param lookups where leaks are asked about
   * @param openLog whether the sealed log is shown to everybody, or to who has a token
   */
  public Api(Services to, LookupDesk lookups, Importer importer, boolean openLog) {
    Vault vault = to.vault();
    Catalogue catalogue = to.catalogue();
    byte[] description = description();
    List<Route<Actor>> all = new ArrayList<>();
    all.add(
        Route.<Actor>get(
                "/v1/health", "Whether it serves", call -> call.answer(Map.of("status", "ok")))
            .open());
    all.add(
        Route.get(
            "/v1/openapi.json",
            "This description",
            call -> call.answer(200, "application/json", description)));
    all.addAll(new RecordRoutes(vault, catalogue).routes());
    all.addAll(new ImportRoutes(vault, catalogue, importer).routes());
    all.addAll(new DeclarationRoutes(vault, catalogue, to.policies()).routes());
    all.addAll(new UserRoutes(to.users()).routes());
    all.addAll(new SignInRoutes(to.users()).routes());
    all.addAll(new EntryRoutes(to.log().inspection()).routes());
    all.addAll(
        new LogRoutes(to.log().publication(), to.log().witnesses(), vault, openLog).routes());
    all.addAll(new VerifyRoutes(to.verifier()).routes());
    all.addAll(new LeakRoutes(to.leaks().desk(), new Papers()).routes());
    all.addAll(new CanaryRoutes(to.leaks().canaries()).routes());
    all.addAll(new LookupRoutes(lookups).routes());
    this.routes = List.copyOf(all);
  }

  public List<Route<Actor>> routes() {
    return routes;
  }

  private static byte[] description() {
    try (InputStream in = Api.class.getResourceAsStream(DESCRIPTION)) {
      if (in == null) {
        throw new BugException("the description of the interface is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new BugException("the description of the interface cannot be read", e);
    }
  }
}

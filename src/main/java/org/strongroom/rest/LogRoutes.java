package org.strongroom.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.strongroom.audit.Demand.Unwitnessed;
import org.strongroom.audit.Publication;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.translog.TileId;
import org.strongroom.vault.Vault;
import org.strongroom.vault.WitnessBook;

/**
 * The audit log as C2SP tlog-tiles has it, proofs of its entries, and its witnesses. The log's URL
 * prefix is {@code /v1/audit}. Entries are sealed, so all but the witnesses may be open to
 * everybody.
 */
final class LogRoutes {
  private static final String PREFIX = "/v1/audit/";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Body POLICY = new Body(Set.of("text/plain"), 1 << 20);

  /** A checkpoint is signed every second; caches may be that much behind. */
  private static final Duration CHECKPOINT_FRESH = Duration.ofSeconds(1);

  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Publication log;
  private final WitnessBook witnesses;
  private final Vault vault;
  private final boolean open;

  /**
   * @param open whether checkpoint, tiles and proofs need no token
   */
  LogRoutes(Publication log, WitnessBook witnesses, Vault vault, boolean open) {
    this.log = log;
    this.witnesses = witnesses;
    this.vault = vault;
    this.open = open;
  }

  List<Route<Actor>> routes() {
    return List.of(
        published(Route.get(PREFIX + "checkpoint", "Show the newest checkpoint", this::checkpoint)),
        published(Route.get(PREFIX + "tile/<tile>", "Show a tile or entry bundle", this::tile)),
        published(Route.get(PREFIX + "proof/{index}", "Prove that an entry is there", this::proof)),
        Route.get(PREFIX + "witnesses", "Show the witnesses", this::witnesses),
        Route.put(PREFIX + "witnesses", "Put witnesses in force", POLICY, this::putWitnesses));
  }

  private Route<Actor> published(Route<Actor> route) {
    return open ? route.open() : route;
  }

  private void checkpoint(Call<Actor> call) {
    byte[] note = log.checkpoint().bytes();
    cache(call, CHECKPOINT_FRESH);
    call.answer(200, TEXT, note);
  }

  private void tile(Call<Actor> call) {
    TileId tile;
    try {
      tile = TileId.parse("tile/" + call.path("tile"));
    } catch (IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.NOT_FOUND, "no such tile: C2SP tlog-tiles tells how they are named", e);
    }
    byte[] content = log.tile(tile);
    cache(call, FOR_EVER);
    if (tile.isEntries() && call.takesEncoding("gzip")) {
      call.header("Content-Encoding", "gzip");
      content = gzip(content);
    }
    if (tile.isEntries()) {
      call.header("Vary", "Accept-Encoding");
    }
    call.answer(200, "application/octet-stream", content);
  }

  private void proof(Call<Actor> call) {
    String index = call.path("index");
    if (!index.matches("0|[1-9][0-9]{0,17}")) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "an entry is named by its index, from 0");
    }
    byte[] proof = log.proof(Long.parseLong(index)).bytes();
    call.header("Content-Disposition", "attachment; filename=\"" + index + ".tlog-proof\"");
    call.answer(200, TEXT, proof);
  }

  private void cache(Call<Actor> call, Duration fresh) {
    call.header(
        "Cache-Control",
        (open ? "public" : "private")
            + ", max-age="
            + fresh.toSeconds()
            + (fresh.equals(FOR_EVER) ? ", immutable" : ""));
  }

  private record Shown(int version, String policy, String unwitnessed) {}

  private void witnesses(Call<Actor> call) {
    WitnessBook.InForce shown = witnesses.inForce();
    call.answer(
        new Shown(
            shown.version(), shown.policy(), shown.unwitnessed().name().toLowerCase(Locale.ROOT)));
  }

  private void putWitnesses(Call<Actor> call) throws IOException {
    vault.require(call.actor(), Permission.CHANGE_POLICY);
    call.requireQueryNames(Set.of("unwitnessed"));
    Unwitnessed unwitnessed = unwitnessed(call.query("unwitnessed").orElse("refuse"));
    String policy = DeclarationRoutes.text(call);
    call.answer(witnesses.apply(Vault.by(call.actor(), null), "body", policy, unwitnessed));
  }

  private static Unwitnessed unwitnessed(String word) {
    for (Unwitnessed each : Unwitnessed.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    throw new VaultException(
        ErrorCode.BAD_REQUEST, "unwitnessed is one of wait, refuse and proceed");
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 64);
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(content);
    } catch (IOException e) {
      throw new BugException("an array takes all that is written", e);
    }
    return out.toByteArray();
  }
}

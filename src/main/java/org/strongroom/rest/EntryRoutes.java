package org.strongroom.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.audit.Receipt;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.BugException;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.vault.Inspection;
import org.strongroom.vault.LogRequest;
import org.strongroom.vault.ShownEntry;

/** The entries of the audit log, opened, for auditors. */
final class EntryRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(EntryRoutes.class);
  private static final Set<String> QUERY =
      Set.of("from", "to", "actor", "subject", "purpose", "kind", "before", "limit");

  private final Inspection inspection;

  EntryRoutes(Inspection inspection) {
    this.inspection = inspection;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.get("/v1/audit/entries", "Read the audit log", this::list),
        Route.get("/v1/audit/entries/{index}", "Read one entry", this::show));
  }

  private void list(Call<Actor> call) throws IOException {
    call.requireQueryNames(QUERY);
    LogRequest request =
        new LogRequest(
            query(call, "from"),
            query(call, "to"),
            query(call, "actor"),
            query(call, "subject"),
            query(call, "purpose"),
            query(call, "kind"),
            query(call, "before"),
            query(call, "limit"));
    Listing listing = new Listing(call);
    try {
      listing.line("summary", inspection.list(call.actor(), request, listing));
    } catch (VaultException e) {
      if (!listing.begun()) {
        throw e;
      }
      LOG.warn("listing broke: {} in request {}", e.code().code(), call.requestId());
      listing.line(
          "error", Map.of("code", e.code().code(), "detail", String.valueOf(e.getMessage())));
    }
  }

  private static @Nullable String query(Call<Actor> call, String name) {
    return call.query(name).orElse(null);
  }

  private void show(Call<Actor> call) {
    String index = call.path("index");
    if (!index.matches("[0-9]{1,18}")) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "an entry is named by its index, from 0");
    }
    call.answer(inspection.show(call.actor(), Long.parseLong(index)));
  }

  /**
   * The answer, line by line. Where nothing fits for long, it says every second how far it is,
   * which keeps the connection from being idle. For one thread.
   */
  private static final class Listing implements Inspection.Lines {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final JsonMapper JSON = new JsonMapper();

    private final Call<Actor> call;
    private @Nullable OutputStream out;
    private long flushed;

    Listing(Call<Actor> call) {
      this.call = call;
    }

    boolean begun() {
      return out != null;
    }

    @Override
    public void begin(Receipt receipt) {
      Receipts.tell(call, receipt);
      out = call.stream("application/x-ndjson");
      flushed = System.nanoTime();
    }

    @Override
    public void entry(ShownEntry entry) throws IOException {
      line("entry", entry);
    }

    @Override
    public void passed(long index) throws IOException {
      if (System.nanoTime() - flushed >= EVERY.toNanos()) {
        line("progress", Map.of("before", index));
        opened().flush();
        flushed = System.nanoTime();
      }
    }

    void line(String name, Object value) throws IOException {
      try {
        opened().write(JSON.writeValueAsBytes(Map.of(name, value)));
        opened().write('\n');
      } catch (JsonProcessingException e) {
        throw new BugException("an entry is always JSON", e);
      }
    }

    private OutputStream opened() {
      if (out == null) {
        throw new BugException("a line before the receipt");
      }
      return out;
    }
  }
}

package org.strongroom.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.audit.Receipt;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.BlockInput;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.LeakProgress;
import org.strongroom.leak.LeakRefused;
import org.strongroom.leak.LeakRequest;
import org.strongroom.leak.Papers;
import org.strongroom.leak.SampleSource;
import org.strongroom.leak.report.Report;
import org.strongroom.leak.report.ReportJson;

/** Samples to judge, and what was found of them. */
final class LeakRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LeakRoutes.class);

  /** Three times what the samples of 2022 were, with room for those of a larger vault. */
  private static final long MAX_SAMPLE_BYTES = 16L << 30;

  private static final String ONE = "/v1/leak-checks/{id}";
  private static final String LINES = "application/x-ndjson";
  private static final String HTML = "text/html";
  private static final String JSON = "application/json";

  /** A reason is what somebody wrote, so it stands in no address: percent-encoded UTF-8. */
  private static final String REASON = "Strongroom-Reason";

  private final LeakDesk desk;
  private final Papers papers;

  LeakRoutes(LeakDesk desk, Papers papers) {
    this.desk = desk;
    this.papers = papers;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.post(
            "/v1/leak-checks",
            "Check whether a sample leaked from here",
            Body.ofAnyType(MAX_SAMPLE_BYTES),
            this::check),
        Route.get("/v1/leak-checks", "List leak checks", this::list),
        Route.get(ONE, "Read the report of a leak check", this::show),
        Route.get(ONE + "/affected", "List whom a leak affects", this::affected),
        Route.get(ONE + "/notice", "Draft the notice of a leak", this::notice),
        Route.get(ONE + "/counts", "Count whom a leak affects", this::counts));
  }

  // ---- checking ----------------------------------------------------------------------------

  /** How far a check is. */
  private record At(long bytes, long records, long compared) {}

  /** Why a check broke, or was denied. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Broken(String code, String detail, @Nullable Receipt receipt) {
    Broken because(RuntimeException failure) {
      return new Broken(code, String.valueOf(failure.getMessage()), receipt);
    }
  }

  private void check(Call<Actor> call) throws IOException {
    call.requireQueryNames(Set.of("collection", "purpose", "map"));
    LeakRequest request =
        new LeakRequest(
            call.query("collection").orElse("residents"),
            call.query("purpose").orElse(LeakRequest.PURPOSE),
            reason(call),
            ImportRoutes.maps(call));
    Optional<LeakDesk.Run> begun = begin(call, request);
    if (begun.isEmpty()) {
      return;
    }
    try (LeakDesk.Run run = begun.get();
        LineAnswer answer = new LineAnswer(call.stream(LINES), new At(0, 0, 0))) {
      Sample body = new Sample(call.body(), run);
      PushbackInputStream sample = new PushbackInputStream(body);
      // A client that waits to be asked for the body would take a line for a refusal to read it.
      int first = sample.read();
      if (first >= 0) {
        sample.unread(first);
      }
      answer.start();
      Optional<Broken> broken = report(call, run, sample, answer);
      if (broken.isEmpty()) {
        return;
      }
      RuntimeException bodyBroke = body.broke();
      if (bodyBroke == null) {
        answer.end("error", broken.get());
      } else if (answer.abandon()) {
        throw bodyBroke;
      } else {
        answer.end("error", broken.get().because(bodyBroke));
      }
    }
  }

  private Optional<LeakDesk.Run> begin(Call<Actor> call, LeakRequest request) {
    try {
      return Optional.of(desk.begin(call.actor(), request));
    } catch (LeakRefused e) {
      call.refuse(
          e.code().status(),
          e.word(),
          String.valueOf(e.getMessage()),
          Map.of("receipt", e.receipt()));
      return Optional.empty();
    }
  }

  /** Ends the answer with the report, or says why there is none. */
  private static Optional<Broken> report(
      Call<Actor> call, LeakDesk.Run run, InputStream sample, LineAnswer answer)
      throws IOException {
    Report report;
    try {
      report = run.run(new SampleSource.Stream(sample), new Telling(answer));
    } catch (LeakRefused e) {
      return Optional.of(new Broken(e.word(), String.valueOf(e.getMessage()), e.receipt()));
    } catch (VaultException e) {
      if (e.code().status() >= ErrorCode.INTERNAL.status()) {
        LOG.warn("a leak check broke: {} in request {}", e.code().code(), call.requestId());
      }
      return Optional.of(new Broken(e.code().code(), String.valueOf(e.getMessage()), null));
    }
    answer.end("report", new RawValue(text(report)));
    return Optional.empty();
  }

  private static String text(Report report) {
    return new String(ReportJson.write(report), StandardCharsets.UTF_8).strip();
  }

  private static Optional<String> reason(Call<Actor> call) {
    try {
      return call.requestHeader(REASON)
          .map(text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "the header " + REASON + " is percent-encoded UTF-8");
    }
  }

  /** Tells the client; when that is gone, nobody wants the check any more. */
  private record Telling(LineAnswer answer) implements LeakProgress {
    @Override
    public void at(long bytes, long records, long compared) {
      answer.progress(new At(bytes, records, compared));
    }

    @Override
    public boolean cancelled() {
      return answer.isGone();
    }
  }

  /**
   * The body, which is the listener's: what is left of it is read after the answer. When it breaks
   * off, the check is cancelled and not failed.
   */
  private static final class Sample extends BlockInput {
    private final LeakDesk.Run run;
    private @Nullable RuntimeException broke;

    Sample(InputStream in, LeakDesk.Run run) {
      super(in);
      this.run = run;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return in.read(to, offset, length);
      } catch (RuntimeException e) {
        broke = e;
        run.cancel();
        throw e;
      }
    }

    /** Why the body could not be read on, as it is told to clients; null if it could. */
    @Nullable RuntimeException broke() {
      return broke;
    }

    @Override
    public void close() {}
  }

  // ---- what was kept -----------------------------------------------------------------------

  private void list(Call<Actor> call) {
    call.answer(desk.list(call.actor()));
  }

  private void show(Call<Actor> call) {
    Report report = shown(call, LeakDesk.For.REPORT);
    call.header("Vary", "Accept");
    if (call.prefers(HTML, JSON)) {
      page(call, papers.page(report));
    } else {
      call.answer(200, JSON, ReportJson.write(report));
    }
  }

  private void notice(Call<Actor> call) {
    page(call, papers.notice(shown(call, LeakDesk.For.NOTICE)));
  }

  private void counts(Call<Actor> call) {
    byte[] csv = papers.counts(shown(call, LeakDesk.For.NOTICE));
    call.answer(200, "text/csv; charset=utf-8", csv);
  }

  private static void page(Call<Actor> call, byte[] html) {
    call.answer(200, HTML + "; charset=utf-8", html);
  }

  private Report shown(Call<Actor> call, LeakDesk.For what) {
    LeakDesk.Shown shown = desk.show(call.actor(), Id.parse(call.path("id")), what);
    Receipts.tell(call, shown.receipt());
    return shown.report();
  }

  private void affected(Call<Actor> call) throws IOException {
    AffectedLines lines = new AffectedLines(call);
    try {
      desk.affected(call.actor(), Id.parse(call.path("id")), lines);
      lines.end();
    } catch (VaultException e) {
      if (!lines.begun()) {
        throw e;
      }
      LOG.warn("listing broke: {} in request {}", e.code().code(), call.requestId());
      lines.line("error", new Broken(e.code().code(), String.valueOf(e.getMessage()), null));
    }
  }
}

package org.strongroom.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.leak.lookup.Leak;
import org.strongroom.leak.lookup.LeakDraft;
import org.strongroom.leak.lookup.LookupDesk;
import org.strongroom.leak.lookup.LookupKind;
import org.strongroom.leak.lookup.Registrar;
import org.strongroom.leak.lookup.SampleIdentifiers;
import org.strongroom.leak.sample.Sample;
import org.strongroom.leak.sample.SampleLimits;

/** Whether an identifier is in a registered leak, without telling which identifier. */
final class LookupRoutes {
  private static final String SAMPLE = "application/octet-stream";
  private static final long MAX_BODY_BYTES = 4096;

  /** Hears nothing: a client that is gone ends the sample, and so the registering. */
  private static final Registrar.Progress UNWATCHED =
      new Registrar.Progress() {
        @Override
        public void at(long identifiers) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  private final LookupDesk desk;

  LookupRoutes(LookupDesk desk) {
    this.desk = desk;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.get("/v1/leaks", "List the registered leaks", this::leaks),
        Route.post("/v1/leaks", "Register a leak", Body.stream(SAMPLE), this::register),
        Route.get("/v1/leaks/ranges/{kind}/{prefix}", "Get a range of keys", this::range),
        Route.post(
            "/v1/leaks/evaluations",
            "Evaluate blinded identifiers",
            Body.json(MAX_BODY_BYTES),
            this::evaluate),
        Route.post("/v1/leaks/{leak}/withdraw", "Withdraw a leak", Body.NONE, this::withdraw));
  }

  private record Leaks(List<Leak> leaks) {}

  /**
   * What to evaluate.
   *
   * @param blinded elements in their compressed form, in hexadecimal
   */
  record Asked(List<String> blinded) {}

  private record Evaluated(List<String> evaluated) {}

  private void leaks(Call<Actor> call) {
    call.answer(new Leaks(desk.as(call.actor()).leaks()));
  }

  private void register(Call<Actor> call) throws IOException {
    call.requireQueryNames(Set.of("name", "date", "note"));
    LeakDraft draft =
        new LeakDraft(call.query("name").orElse(""), day(call), call.query("note").orElse(""));
    desk.requireMayRegister(call.actor());
    try (Sample sample = Sample.open(call.body(), SampleLimits.DEFAULT)) {
      SampleIdentifiers identifiers = new SampleIdentifiers(sample, desk.clock());
      call.answer(desk.register(call.actor(), draft, identifiers, UNWATCHED));
    }
  }

  private static LocalDate day(Call<Actor> call) {
    try {
      return LocalDate.parse(call.query("date").orElse(""));
    } catch (DateTimeParseException e) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "date: a leak has a day, such as 2022-06-30", e);
    }
  }

  private void range(Call<Actor> call) {
    LookupKind kind = LookupKind.of(call.path("kind"));
    String lines = desk.as(call.actor()).range(kind, call.path("prefix"));
    call.answer(200, "text/plain; charset=utf-8", lines.getBytes(StandardCharsets.US_ASCII));
  }

  private void evaluate(Call<Actor> call) {
    List<Bytes> blinded =
        call.json(Asked.class).blinded().stream().map(LookupRoutes::bytes).toList();
    call.answer(
        new Evaluated(desk.as(call.actor()).evaluate(blinded).stream().map(Bytes::hex).toList()));
  }

  private static Bytes bytes(String hex) {
    try {
      return Bytes.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "blinded: not hexadecimal", e);
    }
  }

  private void withdraw(Call<Actor> call) {
    String number = call.path("leak");
    if (!number.matches("[0-9]{1,3}")) {
      throw new VaultException(ErrorCode.BAD_REQUEST, "a leak is named by its number, from 1");
    }
    call.answer(desk.withdraw(call.actor(), Integer.parseInt(number)));
  }
}

package org.strongroom.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.strongroom.audit.Receipt;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.Id;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.schema.Checked;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.schema.Invalid;
import org.strongroom.schema.Problem;
import org.strongroom.schema.ValidRecord;
import org.strongroom.vault.Answer;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.FindRequest;
import org.strongroom.vault.FindResponse;
import org.strongroom.vault.Kept;
import org.strongroom.vault.RecordId;
import org.strongroom.vault.Vault;

/** Records one at a time: in by {@code records}, out by {@code find} and {@code photo}. */
final class RecordRoutes {
  /** A picture of 8 MiB in base64, with the record around it. */
  private static final long MAX_RECORD_BYTES = 16 << 20;

  private static final String COLLECTION = "/v1/collections/{c}";

  private final Vault vault;
  private final Catalogue catalogue;

  RecordRoutes(Vault vault, Catalogue catalogue) {
    this.vault = vault;
    this.catalogue = catalogue;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.post(COLLECTION + "/find", "Find records", Body.json(), this::find),
        Route.post(
            COLLECTION + "/records", "Keep one record", Body.json(MAX_RECORD_BYTES), this::keep),
        Route.post(COLLECTION + "/photo", "Show a picture", Body.json(), this::photo));
  }

  private void find(Call<Actor> call) {
    Answer answer =
        vault.disclose(call.actor(), call.json(FindRequest.class).question(call.path("c")));
    if (answer instanceof Answer.Refused refused) {
      refuse(call, refused);
    } else {
      call.answer(FindResponse.of((Answer.Disclosed) answer));
    }
  }

  private static void refuse(Call<Actor> call, Answer.Refused refused) {
    call.refuse(
        ErrorCode.DENIED.status(),
        refused.code(),
        refused.why(),
        Map.of("receipt", refused.receipt()));
  }

  private void keep(Call<Actor> call) {
    vault.require(call.actor(), Permission.KEEP);
    CollectionSpec spec = catalogue.spec(call.path("c"));
    FlatRecord flat = FlatRecord.of(spec, call.json(ObjectNode.class));
    if (!flat.problems().isEmpty()) {
      invalid(call, flat.problems());
      return;
    }
    Checked checked = spec.check(flat.draft());
    if (checked instanceof Invalid invalid) {
      invalid(call, invalid.problems());
      return;
    }
    Kept.Batch batch =
        vault.keep(call.actor(), Permission.KEEP, spec.name(), List.of((ValidRecord) checked));
    Kept kept = batch.records().get(0);
    if (kept.what() == Kept.What.REJECTED) {
      call.refuse(
          ErrorCode.CONFLICT.status(),
          ErrorCode.CONFLICT.code(),
          "the record cannot stand beside those that are kept",
          Map.of("problems", kept.problems(), "receipt", batch.receipt()));
      return;
    }
    call.answer(Outcome.of(kept, batch.receipt()));
  }

  private static void invalid(Call<Actor> call, List<Problem> problems) {
    call.refuse(
        ErrorCode.INVALID_VALUE.status(),
        ErrorCode.INVALID_VALUE.code(),
        "the record was not kept: see the problems",
        Map.of("problems", problems));
  }

  /** What became of a record. */
  private record Outcome(
      String outcome,
      String subject,
      String record,
      int version,
      List<Problem> warnings,
      Receipt receipt) {
    static Outcome of(Kept kept, Receipt receipt) {
      return new Outcome(
          kept.what().name().toLowerCase(Locale.ROOT),
          kept.subject().toString(),
          kept.record().toString(),
          kept.version(),
          kept.problems(),
          receipt);
    }
  }

  private void photo(Call<Actor> call) throws java.io.IOException {
    Vault.ImageQuestion question = call.json(PhotoRequest.class).question(call.path("c"));
    Optional<Answer.Refused> refused =
        vault.discloseImage(
            call.actor(),
            question,
            (contentType, bytes, receipt) -> {
              Receipts.tell(call, receipt);
              call.header("Content-Length", Integer.toString(bytes));
              return call.stream(contentType);
            });
    refused.ifPresent(no -> refuse(call, no));
  }

  /**
   * Which picture, and why.
   *
   * @param record null for the subject's only one
   * @param field null for {@code photo}
   */
  record PhotoRequest(
      @Nullable String subject,
      @Nullable String record,
      @Nullable String field,
      @Nullable String purpose,
      @Nullable String reason) {
    private static final String ONLY_RECORD = "0000000000000000";

    Vault.ImageQuestion question(String collection) {
      if (subject == null || purpose == null || purpose.isBlank()) {
        throw new VaultException(
            ErrorCode.BAD_REQUEST, "a picture is asked for by subject and purpose");
      }
      return new Vault.ImageQuestion(
          collection,
          Id.parse(subject),
          RecordId.parse(record == null ? ONLY_RECORD : record),
          field == null ? "photo" : field,
          purpose,
          Optional.ofNullable(reason).map(String::strip).filter(text -> !text.isEmpty()));
    }
  }
}

package org.strongroom.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.strongroom.http.Call;
import org.strongroom.http.Route;
import org.strongroom.http.Route.Body;
import org.strongroom.identity.Actor;
import org.strongroom.ingest.Columns;
import org.strongroom.ingest.Format;
import org.strongroom.ingest.ImportRequest;
import org.strongroom.ingest.Importer;
import org.strongroom.ingest.Intake;
import org.strongroom.ingest.ReadOptions;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Permission;
import org.strongroom.schema.CollectionSpec;
import org.strongroom.vault.Catalogue;
import org.strongroom.vault.Vault;

/** Records by the file, and what an import could not keep. */
final class ImportRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRoutes.class);

  /** Each holds some 100 MiB of batches in the making. */
  private static final int AT_ONCE = 4;

  /** What the input is called in rejected lines and errors; its real name is not told. */
  private static final String SOURCE = "body";

  private static final int MAX_REJECTS = 500;
  private static final long MAX_REJECT_BYTES = 32 << 20;

  private final Vault vault;
  private final Catalogue catalogue;
  private final Importer importer;
  private final Semaphore running = new Semaphore(AT_ONCE);

  ImportRoutes(Vault vault, Catalogue catalogue, Importer importer) {
    this.vault = vault;
    this.catalogue = catalogue;
    this.importer = importer;
  }

  List<Route<Actor>> routes() {
    return List.of(
        Route.post(
            "/v1/collections/{c}/import",
            "Keep many records",
            Body.stream(
                "application/x-ndjson",
                "application/json",
                "text/csv",
                "application/octet-stream",
                "application/gzip"),
            this::run),
        Route.post(
            "/v1/rejects/open",
            "Open rejected records",
            Body.json(MAX_REJECT_BYTES),
            this::openRejects));
  }

  private void run(Call<Actor> call) throws IOException {
    call.requireQueryNames(Set.of("map", "format", "delimiter"));
    vault.require(call.actor(), Permission.IMPORT);
    CollectionSpec spec = catalogue.spec(call.path("c"));
    ImportRequest request = new ImportRequest(spec.name(), maps(call), options(call));
    Columns columns = Importer.columns(spec, request);
    if (!running.tryAcquire()) {
      throw new VaultException(
          ErrorCode.CONFLICT, AT_ONCE + " imports are running; try again when one has ended");
    }
    try (LineAnswer answer = new LineAnswer(call.stream("application/x-ndjson"), new Done(0, 0))) {
      run(call, spec, columns, request.options(), answer);
    } finally {
      running.release();
    }
  }

  private void run(
      Call<Actor> call,
      CollectionSpec spec,
      Columns columns,
      ReadOptions options,
      LineAnswer answer)
      throws IOException {
    try (Intake intake = Intake.open(SOURCE, new Unclosed(call.body()), columns, options)) {
      answer.start();
      answer.end(
          "summary",
          importer.run(
              call.actor(),
              spec,
              intake,
              columns,
              rejected -> answer.add("rejected", rejected),
              (bytes, records) -> answer.progress(new Done(bytes, records))));
    } catch (VaultException e) {
      if (answer.abandon()) {
        throw e;
      }
      if (e.code().status() >= ErrorCode.INTERNAL.status()) {
        LOG.warn("import broke: {} in request {}", e.code().code(), call.requestId());
      }
      answer.end("error", new Broken(e.code().code(), String.valueOf(e.getMessage())));
    }
  }

  /** How far the import is. */
  private record Done(long bytes, long records) {}

  /** Why an import broke in the middle. */
  private record Broken(String code, String detail) {}

  static Map<String, String> maps(Call<Actor> call) {
    Map<String, String> maps = new LinkedHashMap<>();
    for (String map : call.queryAll("map")) {
      // A source may hold an equals sign, a field's name never does.
      int equals = map.lastIndexOf('=');
      if (equals < 1 || maps.put(map.substring(0, equals), map.substring(equals + 1)) != null) {
        throw new VaultException(
            ErrorCode.BAD_REQUEST, "the parameter map is SOURCE=field, once for each source");
      }
    }
    return maps;
  }

  private static ReadOptions options(Call<Actor> call) {
    Optional<Format> format =
        call.query("format")
            .map(
                text ->
                    Arrays.stream(Format.values())
                        .filter(each -> each.name().equals(text.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                new VaultException(
                                    ErrorCode.BAD_REQUEST,
                                    "the parameter format is ndjson, json or csv")));
    Optional<Character> delimiter = call.query("delimiter").map(ImportRoutes::delimiter);
    return new ReadOptions(
        format.orElse(null), delimiter.orElse(null), ReadOptions.DEFAULT_MAX_ELEMENT_BYTES);
  }

  private static char delimiter(String text) {
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) >= 0x7f || "\"\r\n\0".contains(text)) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST,
          "the parameter delimiter is one ASCII character, no quote, or \"tab\"");
    }
    return text.charAt(0);
  }

  /**
   * Rejected records.
   *
   * @param ciphertexts as they stand in the rejected lines, in base64
   */
  record Sealed(@JsonProperty("sealed") @Nullable List<byte[]> ciphertexts) {}

  private void openRejects(Call<Actor> call) {
    vault.require(call.actor(), Permission.OPEN_REJECTS);
    @Nullable List<byte[]> ciphertexts = call.json(Sealed.class).ciphertexts();
    if (ciphertexts == null || ciphertexts.isEmpty() || ciphertexts.size() > MAX_REJECTS) {
      throw new VaultException(
          ErrorCode.BAD_REQUEST, "\"sealed\" holds 1 to " + MAX_REJECTS + " rejected records");
    }
    call.answer(opened(call.actor(), ciphertexts));
  }

  private Vault.OpenedRejects opened(Actor actor, List<byte[]> ciphertexts) {
    try {
      return vault.openRejects(actor, ciphertexts);
    } catch (VaultException e) {
      if (e.code() != ErrorCode.CORRUPT) {
        throw e;
      }
      // They come from outside: nothing of the vault is corrupt.
      throw new VaultException(
          ErrorCode.INVALID_VALUE, "one of these is no record that this vault has rejected", e);
    }
  }

  /** The body is the listener's: what is left of it is read after the answer. */
  static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}

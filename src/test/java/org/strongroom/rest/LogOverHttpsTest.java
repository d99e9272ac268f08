package org.strongroom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.kernel.Bytes;
import org.strongroom.translog.PlainNote;
import org.strongroom.translog.SlowTree;

/** The log as C2SP tlog-tiles wants it served, read by curl and by a reader of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LogOverHttpsTest {
  private static final int ENTRIES = 300;

  private ServedVault served;

  @BeforeAll
  void serve(@TempDir Path directory) throws Exception {
    served = new ServedVault(directory);
    long last = 0;
    while (last < ENTRIES) {
      last = served.vault().markLog();
    }
    long size = last;
    await().until(() -> Long.parseLong(note().line(1)) > size);
  }

  @AfterAll
  void stop() {
    served.close();
  }

  @Test
  void checkpoint_verifiesWithThePublishedKeyAndIsFreshForASecond() throws Exception {
    HttpResponse<String> response = served.get("clerk", "/v1/audit/checkpoint");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).isEqualToIgnoringCase("text/plain;charset=utf-8"));
    assertThat(response.headers().firstValue("Cache-Control")).contains("private, max-age=1");
    PlainNote note = PlainNote.read(response.body().getBytes(StandardCharsets.UTF_8));
    assertThat(note.verified(logKey())).isEqualTo(List.of(0L));
    assertThat(note.line(0)).isEqualTo(logKey().substring(0, logKey().indexOf('+')));
  }

  @Test
  void bundlesAndTiles_readByCurl_leadToTheCheckpoint() throws Exception {
    PlainNote note = note();
    int size = Integer.parseInt(note.line(1));
    List<Bytes> hashes = new ArrayList<>();
    bundle("entries/000", 256).forEach(leaf -> hashes.add(SlowTree.leaf(leaf)));
    bundle("entries/001.p/" + (size - 256), size - 256)
        .forEach(leaf -> hashes.add(SlowTree.leaf(leaf)));
    assertThat(SlowTree.root(hashes))
        .isEqualTo(Bytes.owned(Base64.getDecoder().decode(note.line(2))));
    byte[] tile = curl("0/000");
    assertThat(tile).hasSize(8192);
    for (int i = 0; i < 256; i++) {
      assertThat(Bytes.owned(Arrays.copyOfRange(tile, 32 * i, 32 * i + 32)))
          .isEqualTo(hashes.get(i));
    }
    assertThat(Bytes.owned(curl("1/000.p/1"))).isEqualTo(SlowTree.root(hashes.subList(0, 256)));
    assertThat(curl("0/000.p/255")).isEqualTo(Arrays.copyOf(tile, 255 * 32));
  }

  @Test
  void tiles_areKeptByCachesForEver() throws Exception {
    HttpResponse<String> tile = served.get("clerk", "/v1/audit/tile/0/000");
    assertThat(tile.headers().firstValue("Cache-Control"))
        .contains("private, max-age=31536000, immutable");
    assertThat(tile.headers().firstValue("Content-Type")).contains("application/octet-stream");
  }

  @Test
  void bundle_forWhoTakesGzip_isCompressedAndTheSame() throws Exception {
    HttpResponse<byte[]> plain =
        served.sendForBytes(served.request("/v1/audit/tile/entries/000", served.token("clerk")));
    HttpResponse<byte[]> zipped =
        served.sendForBytes(
            served
                .request("/v1/audit/tile/entries/000", served.token("clerk"))
                .header("Accept-Encoding", "br;q=1.0, gzip;q=0.8, identity"));
    HttpResponse<byte[]> refused =
        served.sendForBytes(
            served
                .request("/v1/audit/tile/entries/000", served.token("clerk"))
                .header("Accept-Encoding", "gzip;q=0"));
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(zipped.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(refused.body()).isEqualTo(plain.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/001",
        "0/002",
        "0/999.p/1",
        "1/000",
        "1/000.p/2",
        "2/000.p/1",
        "64/000",
        "63/000",
        "0/0",
        "0/1",
        "0/x000/000",
        "00/000",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/01",
        "entries/002.p/1",
        "entries",
        "0",
        "0/000/000",
        "-1/000",
        "0/%2e%2e/000",
        "entries/000.p/"
      })
  void tile_thatIsNone_isNotFound(String path) throws Exception {
    HttpResponse<String> response = served.get("clerk", "/v1/audit/tile/" + path);
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.body()).doesNotContain("Exception");
  }

  @Test
  void proof_ofAReceiptJustGiven_convincesWhoeverReadsTheSpecification() throws Exception {
    JsonNode found =
        ServedVault.json(
            served.post(
                "clerk",
                "/v1/collections/residents/find",
                Map.of(
                    "where",
                    Map.of("resident_id", ServedVault.RESIDENTS.get(0).residentId()),
                    "purpose",
                    "identity-check")));
    long index = found.get("receipt").get("index").asLong();
    HttpResponse<String> response = served.get("clerk", "/v1/audit/proof/" + index);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"" + index + ".tlog-proof\"");
    String extra = response.body().split("\n", -1)[1];
    byte[] leaf = Base64.getDecoder().decode(extra.substring("extra ".length()));
    byte[] proof = response.body().getBytes(StandardCharsets.UTF_8);
    assertThat(PlainNote.proves(proof, leaf, logKey(), List.of(), 0)).isTrue();
    leaf[leaf.length - 1] ^= 1;
    assertThat(PlainNote.proves(proof, leaf, logKey(), List.of(), 0)).isFalse();
    assertThat(new String(leaf, StandardCharsets.ISO_8859_1)).doesNotContain("identity-check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", "-1", "x", "00", "99999999999999999999"})
  void proof_ofNoEntry_isAClearError(String index) throws Exception {
    HttpResponse<String> response = served.get("clerk", "/v1/audit/proof/" + index);
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(ServedVault.json(response).get("detail").asText()).contains("entr");
  }

  @Test
  void witnesses_putByAClerk_isDeniedWithAReceipt() throws Exception {
    HttpResponse<String> response = putWitnesses("clerk", "quorum none\n", "");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(ServedVault.json(response).has("receipt")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quorum nobody\n",
        "witness w1 not-a-key https://w1.example/\nquorum w1\n",
        "log strongroom/other+c1e6b6d1+AcKp\nquorum none\n"
      })
  void witnesses_thatMakeNoSense_areRefusedAndChangeNothing(String policy) throws Exception {
    HttpResponse<String> response = putWitnesses("administrator", policy, "");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ServedVault.json(response).get("code").asText()).isEqualTo("invalid_declaration");
    assertThat(witnesses().get("version").asInt()).isZero();
  }

  @Test
  void witnesses_withAnUnknownMode_areRefused() throws Exception {
    assertThat(putWitnesses("administrator", "quorum none\n", "?unwitnessed=maybe").statusCode())
        .isEqualTo(400);
  }

  private HttpResponse<String> putWitnesses(String role, String policy, String query)
      throws IOException, InterruptedException {
    return served.send(
        served
            .request("/v1/audit/witnesses" + query, served.token(role))
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString(policy)));
  }

  private JsonNode witnesses() throws IOException, InterruptedException {
    return ServedVault.json(served.get("auditor", "/v1/audit/witnesses"));
  }

  private String logKey() throws IOException, InterruptedException {
    String first = witnesses().get("policy").asText().lines().findFirst().orElseThrow();
    return first.substring("log ".length());
  }

  private PlainNote note() throws IOException, InterruptedException {
    String note = served.get("clerk", "/v1/audit/checkpoint").body();
    return PlainNote.read(note.getBytes(StandardCharsets.UTF_8));
  }

  private List<byte[]> bundle(String path, int entries) throws Exception {
    ByteBuffer bundle = ByteBuffer.wrap(curl(path));
    List<byte[]> out = new ArrayList<>();
    while (bundle.hasRemaining()) {
      byte[] leaf = new byte[bundle.getShort() & 0xffff];
      bundle.get(leaf);
      out.add(leaf);
    }
    assertThat(out).hasSize(entries);
    return out;
  }

  private byte[] curl(String tile) throws IOException, InterruptedException {
    return Files.readAllBytes(
        served.curl(
            "--fail",
            "--compressed",
            "-H",
            "Authorization: Bearer " + served.token("auditor"),
            served.address() + "/v1/audit/tile/" + tile));
  }
}

package org.strongroom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.strongroom.audit.HttpWitness;
import org.strongroom.audit.Witness;
import org.strongroom.http.SelfSigned;
import org.strongroom.http.TlsMaterial;
import org.strongroom.translog.AddCheckpoint;
import org.strongroom.translog.Checkpoint;
import org.strongroom.translog.ModelLog;
import org.strongroom.translog.PlainNote;
import org.strongroom.translog.SignedNote;
import org.strongroom.translog.VerifierKey;

/** {@code strongroom witness} in a process of its own, asked by curl and by our own client. */
final class WitnessProgramTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final ModelLog log = ModelLog.make(RANDOM);
  private final List<Program.Running> started = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();

  @TempDir private Path folder = Path.of("");
  private Program program = Program.in(Path.of("target"));
  private String key = "";
  private String address = "";

  @BeforeEach
  void makeKey() {
    program = Program.in(folder);
    key =
        program
            .done("witness", "key", "--name", "witness.example/w", "--key", "witness.key")
            .out()
            .strip();
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Program.Running running : started) {
      running.process().destroyForcibly().waitFor();
    }
  }

  private Program.Running start() {
    return start("127.0.0.1:0");
  }

  private Program.Running start(String listen, String... more) {
    List<String> line =
        with(
            List.of("witness", "--key", "witness.key", "--state", "state", "--listen", listen),
            "--log",
            log.verifier().text());
    Program.Running running = program.start(with(line, more));
    started.add(running);
    address = running.line("witnessing on ").substring("witnessing on ".length());
    return running;
  }

  @Test
  void key_made_isForItsOwnerAloneAndNeverOverwritten() throws IOException {
    assertThat(VerifierKey.parse(key).type()).isEqualTo(VerifierKey.Type.COSIGNATURE);
    Path file = folder.resolve("witness.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).startsWith("PRIVATE+KEY+witness.example/w+");
    program
        .run("witness", "key", "--name", "witness.example/w", "--key", "witness.key")
        .failedWith("key_file");
    program.run("witness", "key", "--name", "a b", "--key", "other.key").failedWith("bad_request");
    assertThat(folder.resolve("other.key")).doesNotExist();
    assertThat(
            program
                .done("witness", "key", "--json", "--name", "w", "--key", "third.key")
                .json()
                .path("key")
                .asText())
        .startsWith("w+");
  }

  @Test
  void witness_askedByCurl_answersWithTheStatusesOfTheSpecification() throws Exception {
    Program.Running running = start();
    assertThat(running.line("its key: ")).isEqualTo("its key: " + key);
    String newest = sha256(ModelLog.ORIGIN) + "/checkpoint";
    assertThat(curl(newest).status()).isEqualTo(404);

    Reply first = curl("add-checkpoint", log.request(0, 5));
    assertThat(first.status()).isEqualTo(200);
    String note = new String(log.note(5).bytes(), StandardCharsets.UTF_8);
    assertThat(PlainNote.read((note + first.body()).getBytes(StandardCharsets.UTF_8)).verified(key))
        .hasSize(1);

    Reply served = curl(newest);
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.body()).isEqualTo(note + first.body());
    assertThat(served.type()).isEqualTo("text/plain;charset=utf-8");

    Reply conflict = curl("add-checkpoint", log.request(0, 7));
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.body()).isEqualTo("5\n");
    assertThat(conflict.type()).isEqualTo("text/x.tlog.size");

    assertThat(curl("add-checkpoint", log.forkedAt(3).request(5, 7)).status()).isEqualTo(422);
    byte[] back = new AddCheckpoint(5, List.of(), log.note(4)).bytes();
    assertThat(curl("add-checkpoint", back).status()).isEqualTo(400);
    assertThat(curl("add-checkpoint", "hello\n".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(400);
    assertThat(curl("add-checkpoint", ModelLog.make(RANDOM).request(5, 7)).status()).isEqualTo(403);
    SignedNote unknown = log.signed(new Checkpoint("example.com/unknown", 5, log.root(5)));
    assertThat(curl("add-checkpoint", new AddCheckpoint(0, List.of(), unknown).bytes()).status())
        .isEqualTo(404);
    assertThat(curl("add-checkpoint", new byte[(1 << 20) + 1]).status()).isEqualTo(413);
    assertThat(curl("add-checkpoint").status()).isEqualTo(405);
    assertThat(curl("somewhere/else").status()).isEqualTo(404);
    assertThat(curl(sha256("example.com/unknown") + "/checkpoint").status()).isEqualTo(404);
    assertThat(curl("..%2flock/checkpoint").status()).isIn(400, 404);

    assertThat(curl("add-checkpoint", log.request(5, 7)).status()).isEqualTo(200);
    running.signal("TERM");
    running.end();
  }

  @Test
  void witness_beyondLoopbackWithACertificate_speaksHttpsAlone() throws Exception {
    TlsMaterial tls = SelfSigned.make(Clock.systemUTC(), RANDOM);
    Path certificate = Files.writeString(folder.resolve("cert.pem"), tls.certificatePem());
    String base64 = Base64.getMimeEncoder().encodeToString(tls.key().getEncoded());
    Path certificateKey = folder.resolve("cert.key");
    Files.writeString(
        certificateKey, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(certificateKey, PosixFilePermissions.fromString("rw-------"));
    Program.Running running = start("0.0.0.0:0", "--cert", "cert.pem", "--cert-key", "cert.key");
    assertThat(address).startsWith("https://0.0.0.0:");
    int port = URI.create(address).getPort();
    URI local = URI.create("https://127.0.0.1:" + port);

    address = local.toString();
    assertThat(reply(List.of("--cacert", certificate.toString()), "x/checkpoint").status())
        .isEqualTo(404);
    assertThat(reply(List.of(), "x/checkpoint").status()).as("untrusted").isZero();

    VerifierKey verifier = VerifierKey.parse(key);
    HttpWitness trusting = new HttpWitness(verifier, local, WITHIN, trust(tls));
    assertThat(trusting.submit(log.note(5), log::consistency)).isInstanceOf(Witness.Cosigned.class);
    HttpWitness distrusting = new HttpWitness(verifier, local, WITHIN, null);
    assertThat(distrusting.submit(log.note(6), log::consistency))
        .isInstanceOfSatisfying(
            Witness.Declined.class,
            no -> assertThat(no.reason()).isEqualTo(Witness.Reason.UNREACHABLE));
    URI plain = URI.create("http://127.0.0.1:" + port);
    assertThat(new HttpWitness(verifier, plain, WITHIN, null).submit(log.note(6), log::consistency))
        .isInstanceOf(Witness.Declined.class);
    running.signal("TERM");
    running.end();
  }

  private static SSLContext trust(TlsMaterial tls) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("witness", tls.chain().get(0));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @Test
  void witness_killedAtAnyMoment_neverForgetsWhatItCosigned() throws Exception {
    int acknowledged = 0;
    for (int round = 0; round < 3; round++) {
      Program.Running running = start();
      HttpWitness witness =
          new HttpWitness(VerifierKey.parse(key), URI.create(address), WITHIN, null);
      Thread killer =
          new Thread(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(RANDOM.nextInt(300));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                running.process().destroyForcibly();
              });
      int size = acknowledged;
      while (size < 290) {
        Witness.Submitted answer = witness.submit(log.note(size + 1), log::consistency);
        if (answer instanceof Witness.Declined declined) {
          assertThat(declined.reason()).isEqualTo(Witness.Reason.UNREACHABLE);
          break;
        }
        if (size++ == acknowledged) {
          killer.start();
        }
      }
      killer.join();
      running.end();
      int answered = size;

      Program.Running again = start();
      HttpWitness fresh =
          new HttpWitness(VerifierKey.parse(key), URI.create(address), WITHIN, null);
      assertThat(fresh.latest(ModelLog.ORIGIN))
          .isInstanceOfSatisfying(
              Witness.Seen.class,
              seen -> {
                // One more than was answered may be kept, if the answer was cut off.
                int kept = (int) seen.checkpoint().size();
                assertThat(kept).isBetween(answered, answered + 1);
                assertThat(seen.checkpoint().root()).isEqualTo(log.root(kept));
              });
      ModelLog fork = log.forkedAt(answered - 1);
      Witness.Submitted no = fresh.submit(fork.note(299), fork::consistency);
      assertThat(no)
          .isInstanceOfSatisfying(
              Witness.Declined.class,
              refused -> assertThat(refused.reason()).isEqualTo(Witness.Reason.FORK));
      Witness.Seen seen = (Witness.Seen) fresh.latest(ModelLog.ORIGIN);
      acknowledged = (int) seen.checkpoint().size();
      again.process().destroyForcibly().waitFor();
    }
  }

  @Test
  void witness_wrongOptionsOrState_endsWithWhatIsWrong() throws IOException {
    List<String> line =
        new ArrayList<>(List.of("witness", "--key", "witness.key", "--state", "state"));
    program.run(line).failedWith("bad_request");
    line.addAll(List.of("--log", log.verifier().text()));
    assertThat(
            program.run(with(line, "--listen", "0.0.0.0:0")).failedWith("refused_to_listen").err())
        .contains("--cert");
    program.run(with(line, "--log", "nonsense")).failedWith("bad_request");
    Path logs = folder.resolve("logs.txt");
    Files.writeString(logs, "# logs\n\nnonsense\n");
    assertThat(program.run(with(line, "--log-file", "logs.txt")).failedWith("bad_request").err())
        .contains("logs.txt, line 3");
    program.run(with(line, "--cert", "logs.txt")).failedWith("bad_request");
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state").resolve(sha256(ModelLog.ORIGIN)), "cut");
    program.run(with(line, "--listen", "127.0.0.1:0")).failedWith("corrupt");
    assertThat(program.run("witness", "--state", "state").exit()).isEqualTo(2);
    assertThat(program.run("witness", "--key", "witness.key").err()).contains("'--state'");
    Files.setPosixFilePermissions(
        folder.resolve("witness.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(program.run(line).failedWith("key_file").err()).contains("chmod 600");
  }

  private static List<String> with(List<String> line, String... more) {
    List<String> out = new ArrayList<>(line);
    out.addAll(List.of(more));
    return out;
  }

  private record Reply(int status, String type, String body) {}

  private Reply curl(String path) throws IOException, InterruptedException {
    return reply(List.of(), path);
  }

  private Reply curl(String path, byte[] body) throws IOException, InterruptedException {
    Path file = folder.resolve("request" + requests.incrementAndGet());
    Files.write(file, body);
    return reply(List.of("--data-binary", "@" + file), path);
  }

  private Reply reply(List<String> options, String path) throws IOException, InterruptedException {
    Path out = folder.resolve("reply" + requests.incrementAndGet());
    List<String> command =
        new ArrayList<>(
            List.of("curl", "-s", "--path-as-is", "-w", "\n%{http_code} %{content_type}"));
    command.addAll(options);
    command.add(address + "/" + path);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(new File("/dev/null"))
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(out);
    int last = said.lastIndexOf('\n');
    String[] told = said.substring(last + 1).split(" ", 2);
    return new Reply(Integer.parseInt(told[0]), told[1], said.substring(0, last));
  }

  private static String sha256(String origin) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

package org.strongroom.translog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.kernel.Bytes;

final class TrustPolicyTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SigningKey LOG = key("example.com/log", VerifierKey.Type.NOTE);
  private static final SigningKey OTHER_LOG = key("example.com/other", VerifierKey.Type.NOTE);
  private static final List<SigningKey> WITNESSES = witnesses(7);

  /** The example of C2SP tlog-policy, with keys. */
  private static final String EXAMPLE =
      """
      log L

      witness X1 W0
      witness X2 W1
      witness X3 W2
      group X-witnesses 2 X1 X2 X3

      witness Y1 W3
      witness Y2 W4
      witness Y3 W5
      group Y-witnesses any Y1 Y2 Y3

      group X-and-Y all X-witnesses Y-witnesses
      quorum X-and-Y
      """;

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "0 1 2, false",
    "3 4 5, false",
    "0 3, false",
    "0 1 3, true",
    "1 2 5, true",
    "0 1 2 3 4 5, true",
    "0 1 6, false",
  })
  void check_exampleOfTheSpecification_wantsTwoOfXAndOneOfY(String cosigners, boolean accepted) {
    TrustPolicy policy = policy(EXAMPLE);
    List<Integer> numbers = new ArrayList<>();
    for (String number : cosigners.split(" ", -1)) {
      if (!number.isEmpty()) {
        numbers.add(Integer.parseInt(number));
      }
    }
    TrustPolicy.Verdict verdict = policy.check(note(LOG, "example.com/log", numbers));
    assertThat(verdict instanceof TrustPolicy.Accepted).as("%s", verdict).isEqualTo(accepted);
    if (verdict instanceof TrustPolicy.Accepted yes) {
      assertThat(yes.witnesses()).hasSize(numbers.size());
      assertThat(yes.witnesses().get(0).epochSeconds()).isEqualTo(1_700_000_000);
      assertThat(yes.log().key()).isEqualTo(LOG.verifier());
      assertThat(yes.checkpoint().size()).isEqualTo(5);
    }
  }

  @Test
  void check_wrongOriginKeyOrSignature_saysWhich() {
    TrustPolicy policy = policy("log L\nlog O\nquorum none\n");
    assertThat(policy.check(note(LOG, "example.com/log", List.of())))
        .isInstanceOf(TrustPolicy.Accepted.class);
    assertThat(policy.check(note(OTHER_LOG, "example.com/other", List.of())))
        .isInstanceOf(TrustPolicy.Accepted.class);
    assertRefused(
        policy.check(note(LOG, "example.com/unknown", List.of())),
        "the checkpoint's origin is example.com/unknown, a log that the policy has not");
    assertRefused(
        policy.check(note(OTHER_LOG, "example.com/log", List.of())),
        "the checkpoint is not signed by the key that the policy has for its log");
    SigningKey impostor = key("example.com/log", VerifierKey.Type.NOTE);
    assertRefused(
        policy.check(note(impostor, "example.com/log", List.of())),
        "the checkpoint is not signed by the key that the policy has for its log");
    SignedNote good = note(LOG, "example.com/log", List.of());
    SignedNote forged = new SignedNote(note(LOG, "example.com/log", 6).text(), good.signatures());
    assertRefused(policy.check(forged), "the signature of example.com/log does not verify");
    SignedNote noCheckpoint =
        SignedNote.sign(Bytes.owned("example.com/log\n".getBytes(StandardCharsets.UTF_8)), LOG);
    assertRefused(
        policy.check(noCheckpoint), "the checkpoint has not the lines origin, size and root");
  }

  @Test
  void check_cosignatureOfAnotherCheckpoint_refusesTheNote() {
    TrustPolicy policy = policy("log L\nwitness A W0\nquorum A\n");
    SignedNote five = note(LOG, "example.com/log", List.of());
    SignedNote six = note(LOG, "example.com/log", 6);
    SignedNote mixed = five.with(List.of(WITNESSES.get(0).cosign(six.text(), 1)));
    assertRefused(policy.check(mixed), "the signature of w0.example does not verify");
    assertRefused(
        policy.check(five), "0 of 1 witnesses cosigned the checkpoint; that is not the quorum A");
  }

  @Test
  void check_withoutLogs_acceptsNothing() {
    assertThat(policy("quorum none\n").check(note(LOG, "example.com/log", List.of())))
        .isInstanceOf(TrustPolicy.Refused.class);
    assertThat(TrustPolicy.ofLog(LOG.verifier()).check(note(LOG, "example.com/log", List.of())))
        .isInstanceOf(TrustPolicy.Accepted.class);
  }

  @Test
  void parse_blanksCommentsUrlsAndOctets_areTakenAsTheSpecificationSays() {
    TrustPolicy policy =
        policy(
            """
            # caf\u00e9
             \t # indented

               \t
            \tlog\t L \t https://log.example/\s
            witness \u212a W0 https://w.example/\u00e9
            witness K W1
            group all any K
            group G 1 all
            quorum \u212a
            """);
    assertThat(policy.logs().get(0).url()).isEqualTo("https://log.example/");
    assertThat(policy.witnesses().get(0).url()).isEqualTo("https://w.example/\u00e9");
    assertThat(policy.witnesses().get(1).url()).isNull();
    assertThat(policy.quorum()).isEqualTo(policy.witnesses().get(0));
    byte[] octets =
        expanded("witness \u00ff W0\nquorum \u00ff\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(TrustPolicy.parse(octets).witnesses()).hasSize(1);
  }

  @Test
  void parse_manyOfEach_areRead() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      text.append("log ").append(key("l" + i, VerifierKey.Type.NOTE).verifier().text());
      text.append("\nwitness w").append(i).append(' ');
      text.append(key("w" + i, VerifierKey.Type.COSIGNATURE).verifier().text()).append('\n');
      text.append("group g").append(i).append(i == 0 ? " any w0" : " all w" + i + " g" + (i - 1));
      text.append('\n');
    }
    assertThat(policy(text + "quorum g31\n").witnesses()).hasSize(32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|no quorum line",
        "log L;|no quorum line",
        "quorum none|line 1: the line does not end in a newline",
        "log L;quorum none;quorum none;|line 3: there is a quorum line already",
        "log L;log L;quorum none;|line 2: another log has this key already",
        "log;|line 1: the line is not of the form log",
        "log L u v;|line 1: the line is not of the form log",
        "log W0;witness A W0;quorum A;|ok",
        "log example.com/log+00000000+AAAA;|line 1: the key has signature type 0",
        "log nokey;|line 1: the key is not of the form",
        ";;witness A;|line 3: the line is not of the form witness",
        "witness A L;|line 1: the key of a witness must have signature type 4",
        "witness A W0;witness B W0;|line 2: another witness has this key already",
        "witness A W0;witness A W1;|line 2: A is defined already",
        "witness none W0;|line 1: the name none is taken",
        "witness A W0;group none any A;|line 2: the name none is taken",
        "witness A W0;group A any A;|line 2: A is defined already",
        "witness A W0;group G any;|line 2: the line is not of the form group",
        "witness A W0;group G 0 A;|line 2: the threshold 0 is not from 1",
        "witness A W0;group G 2 A;|line 2: the threshold 2 is not from 1",
        "witness A W0;group G 01 A;|line 2: the threshold has leading zeros",
        "witness A W0;group G ALL A;|line 2: the threshold is no decimal",
        "witness A W0;group G 99999999999999999999 A;|line 2: the threshold is beyond",
        "witness A W0;group G any A A;|line 2: A is a member of a group already",
        "witness A W0;group G any A;group H any A;|line 3: A is a member of a group already",
        "witness A W0;group G any none;|line 2: none is no witness or group",
        "group G any A;witness A W0;|line 1: A is no witness or group of the lines before",
        "group G any G;|line 1: G is no witness or group of the lines before",
        "quorum A;witness A W0;|line 1: A is no witness or group of the lines before",
        "quorum;|line 1: the line is not of the form quorum",
        "witness A W0;quorum A A;|line 2: the line is not of the form quorum",
        "log L # why;quorum none;|line 1: the line is not of the form log",
        "Log L;|line 1: the line begins with neither",
        "quorum\u00a0none;|line 1: the line begins with neither",
        "quorum none\r;|line 1: the line holds a control character",
        "quorum none\u007f;|line 1: the line holds a control character",
      })
  void parse_wrongLine_isRefusedByItsNumber(String lines, String why) {
    if (why.equals("ok")) {
      assertThat(policy(lines.replace(';', '\n')).logs()).hasSize(1);
      return;
    }
    assertThatThrownBy(() -> policy(lines.replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void parse_hugeFile_isRefused() {
    assertThatThrownBy(() -> TrustPolicy.parse(new byte[(1 << 20) + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 1048576");
  }

  private static void assertRefused(TrustPolicy.Verdict verdict, String why) {
    assertThat(verdict).isEqualTo(new TrustPolicy.Refused(why));
  }

  private static SignedNote note(SigningKey log, String origin, List<Integer> cosigners) {
    SignedNote note = note(log, origin, 5);
    return note.with(
        cosigners.stream()
            .map(number -> WITNESSES.get(number).cosign(note.text(), 1_700_000_000))
            .toList());
  }

  private static SignedNote note(SigningKey log, String origin, long size) {
    Checkpoint checkpoint = new Checkpoint(origin, size, Bytes.owned(new byte[32]));
    return SignedNote.sign(Bytes.owned(checkpoint.body()), log);
  }

  private static TrustPolicy policy(String text) {
    return TrustPolicy.parse(expanded(text).getBytes(StandardCharsets.UTF_8));
  }

  /** With keys for L, O and W0 to W6, where they stand alone. */
  private static String expanded(String text) {
    String out = replaced(replaced(text, "L", LOG), "O", OTHER_LOG);
    for (int i = 0; i < WITNESSES.size(); i++) {
      out = replaced(out, "W" + i, WITNESSES.get(i));
    }
    return out;
  }

  private static String replaced(String text, String word, SigningKey key) {
    return text.replaceAll("(?<=[ \t])" + word + "(?=[ \t\n])", key.verifier().text());
  }

  private static List<SigningKey> witnesses(int count) {
    List<SigningKey> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(key("w" + i + ".example", VerifierKey.Type.COSIGNATURE));
    }
    return out;
  }

  private static SigningKey key(String name, VerifierKey.Type type) {
    return SigningKey.generate(name, type, RANDOM);
  }
}

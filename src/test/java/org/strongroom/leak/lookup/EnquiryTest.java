package org.strongroom.leak.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.strongroom.crypto.Randomness;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;

/** Who asks, against a vault that answers anything. */
final class EnquiryTest {
  private static final String ADDRESS = "someone@example.com";
  private static final LookupKey KEY = LookupKey.ofPlain(ADDRESS);

  private String answer = "";
  private List<Bytes> evaluated = List.of();
  private final List<String> asked = new ArrayList<>();

  private final Enquiry enquiry =
      new Enquiry(
          new LookupPort() {
            @Override
            public List<Leak> leaks() {
              return List.of(leak(1), leak(7));
            }

            @Override
            public String range(LookupKind kind, String prefix) {
              asked.add(kind.text() + " " + prefix);
              return answer;
            }

            @Override
            public List<Bytes> evaluate(List<Bytes> blinded) {
              return evaluated;
            }
          },
          new Randomness(new SecureRandom()),
          Clock.systemUTC());

  private static Leak leak(int number) {
    return new Leak(number, "n", "2022-06-30", "", Leak.State.REGISTERED, "", List.of());
  }

  @Test
  void find_suffixInSeveralLeaks_isAllOfThemThatAreKnown() {
    answer =
        "0".repeat(28)
            + ":001\n"
            + KEY.suffix()
            + ":007\n"
            + KEY.suffix()
            + ":001\n"
            + KEY.suffix()
            + ":003\n";
    assertThat(enquiry.find(LookupKind.EMAIL, "Someone@Example.com"))
        .containsExactly(leak(1), leak(7));
    assertThat(asked).containsExactly("email " + KEY.prefix());
  }

  @Test
  void find_suffixInPaddingAlone_isNotFound() {
    answer = KEY.suffix() + ":000\n";
    assertThat(enquiry.find(LookupKind.EMAIL, ADDRESS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "00000000000000000000000000000:01",
        "0000000000000000000000000000 001",
        "0000000000000000000000000000:0a1",
        "g000000000000000000000000000:001",
        "0000000000000000000000000000:0001"
      })
  void find_answerOfAnotherForm_isRefused(String line) {
    answer = line;
    assertThatThrownBy(() -> enquiry.find(LookupKind.EMAIL, ADDRESS))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_INPUT));
  }

  @Test
  void find_noEvaluationOrNoElement_isRefused() {
    assertThatThrownBy(() -> enquiry.find(LookupKind.PHONE, "13810000000"))
        .isInstanceOf(VaultException.class);
    evaluated = List.of(Bytes.ofHex("00"));
    assertThatThrownBy(() -> enquiry.find(LookupKind.PHONE, "13810000000"))
        .isInstanceOf(VaultException.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void find_noIdentifier_asksNothingAndDoesNotQuoteIt() {
    assertThatThrownBy(() -> enquiry.find(LookupKind.EMAIL, "not an address"))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VALUE);
              assertThat(e.getMessage()).doesNotContain("not an address");
            });
    assertThat(asked).isEmpty();
  }
}

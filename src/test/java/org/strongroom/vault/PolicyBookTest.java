package org.strongroom.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.strongroom.audit.Entry;
import org.strongroom.kernel.Bytes;
import org.strongroom.kernel.ErrorCode;
import org.strongroom.kernel.VaultException;
import org.strongroom.policy.Explanation;
import org.strongroom.policy.View;
import org.strongroom.store.Table;
import org.strongroom.store.memory.MemoryStore;

final class PolicyBookTest {
  private static final String POLICY =
      """
      purposes:
        - {purpose: look, description: Look, legal-basis: Art. 1}
      roles:
        - role: clerk
          description: Serves
          grants:
            - purpose: look
              collection: residents
              search: [phone]
              show:
                name: clear
      """;

  private World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  private int apply(String yaml) {
    return world.policies.apply(World.ROOT, "policy.yaml", yaml).version();
  }

  @Test
  void apply_anotherPolicy_isTheNextVersionAndLoggedAndInForceAtOnce() {
    world.keep(world.resident(1, "李梅", People.phone(1)));

    assertThat(apply(POLICY)).isEqualTo(2);

    assertThat(world.lastEntry().kind()).isEqualTo(Entry.Kind.POLICY);
    assertThat(world.lastEntry().outcome()).isEqualTo("version 2");
    assertThat(world.lastEntry().by()).isEqualTo(World.ROOT);
    Answer.Match match =
        world
            .matches(People.CLERK, new Asking().purpose("look").where("phone", People.phone(1)))
            .get(0);
    assertThat(match.fields()).containsOnlyKeys("name");
    assertThat(world.refused(People.CLERK, new Asking().person(1)).code())
        .isEqualTo("unknown_purpose");
  }

  @Test
  void apply_samePolicyAgain_changesNothing() {
    apply(POLICY);
    int entries = world.log().size();
    int rows = world.rows(Table.META).size();

    assertThat(apply(POLICY)).isEqualTo(2);

    assertThat(world.log()).hasSize(entries);
    assertThat(world.rows(Table.META)).hasSize(rows);
  }

  @Test
  void apply_policy_keepsItsPredecessors() {
    apply(POLICY);

    assertThat(world.store.get(Table.META, Layout.meta("policy/1"))).isNotNull();
    assertThat(world.store.get(Table.META, Layout.meta("policy/2"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "collection: residents,collection: pets,8,pets",
    "search: [phone],search: [shoe_size],9,shoe_size",
    "name: clear,shoe_size: clear,11,shoe_size",
  })
  void apply_namingWhatTheVaultDoesNotHave_isRefusedWithItsLine(
      String from, String to, int line, String name) {
    assertThatThrownBy(() -> apply(POLICY.replace(from, to)))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DECLARATION))
        .hasMessageStartingWith("policy.yaml:" + line + ":")
        .hasMessageContaining("\"" + name + "\"");
    assertThat(world.policies.version()).isEqualTo(1);
  }

  @Test
  void apply_fileWithAMistake_isRefusedWithItsLine() {
    assertThatThrownBy(() -> apply(POLICY.replace("name: clear", "name: transparent")))
        .isInstanceOfSatisfying(
            VaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DECLARATION))
        .hasMessageStartingWith("policy.yaml:11:");
  }

  @Test
  void apply_afterAWriteThatSeemedToFail_findsItMade() {
    world.store.intercept(
        (batch, durability, really) -> {
          really.run();
          throw new VaultException(ErrorCode.STORE_FAILED, "the cable was pulled");
        });
    assertThatThrownBy(() -> apply(POLICY)).isInstanceOf(VaultException.class);
    world.store.intercept((batch, durability, really) -> really.run());

    assertThat(apply(POLICY)).isEqualTo(2);
    assertThat(apply(POLICY + "\n# another\n")).isEqualTo(3);
  }

  @Test
  void reopened_hasTheSamePolicyInForce() {
    apply(POLICY);
    world = world.reopened();

    assertThat(world.policies.version()).isEqualTo(2);
    assertThat(world.policies.policy().yaml()).isEqualTo(POLICY);
  }

  @Test
  void reopened_withAPolicyThatWasAlteredOrMoved_refuses() {
    apply(POLICY);
    Bytes inForce = Bytes.owned(Layout.meta("policy"));
    byte[] row = world.row(Table.META, inForce);
    byte[] altered = row.clone();
    altered[altered.length / 2] ^= 1;

    for (byte[] forged :
        List.of(
            altered,
            POLICY.getBytes(UTF_8),
            world.row(Table.META, Bytes.owned(Layout.meta("policy/1"))))) {
      world.overwrite(Table.META, inForce, forged);
      assertThatThrownBy(() -> world.reopened())
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
    world.overwrite(Table.META, inForce, row);
    world = world.reopened();
    assertThat(world.policies.version()).isEqualTo(2);
  }

  @Test
  void policy_ofAVaultWhoseMakingWasCutShort_isAFaultThatSaysSo() {
    try (World bare = World.bare(new MemoryStore())) {
      assertThatThrownBy(bare.policies::policy)
          .isInstanceOfSatisfying(
              VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
  }

  @Test
  void explain_roleAndPurpose_tellsEveryFieldOfTheCollection() {
    Explanation explanation = world.policies.explain("clerk", "identity-check", "residents");

    assertThat(explanation.granted()).isTrue();
    assertThat(explanation.fields())
        .hasSameSizeAs(world.catalogue.spec("residents").fields())
        .anySatisfy(
            field -> {
              assertThat(field.field()).isEqualTo("photo");
              assertThat(field.view()).isEqualTo(View.HIDDEN);
            });
    assertThatThrownBy(() -> world.policies.explain("clerk", "identity-check", "pets"))
        .isInstanceOfSatisfying(
            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }
}

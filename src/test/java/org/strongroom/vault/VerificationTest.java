package org.strongroom.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.strongroom.store.Table;

final class VerificationTest {
  private final World world = World.inMemory();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void run_untouchedVault_saysNothing() {
    LivedIn unused = new LivedIn(world);
    world.sequencer.close();

    Verified verified = Verified.of(world, world.store);

    assertThat(verified.faults()).isEmpty();
    assertThat(verified.summary().entries()).isEqualTo(world.rows(Table.AUDIT_ENTRIES).size());
    assertThat(verified.summary().subjects()).isEqualTo(world.rows(Table.KEYS).size());
    assertThat(verified.summary().versions()).isEqualTo(world.rows(Table.RECORDS).size());
  }
}

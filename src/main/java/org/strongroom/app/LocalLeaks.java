package org.strongroom.app;

import java.io.IOException;
import java.util.Optional;
import org.strongroom.cli.Leaks;
import org.strongroom.cli.Refusal;
import org.strongroom.identity.Actor;
import org.strongroom.kernel.Id;
import org.strongroom.leak.LeakDesk;
import org.strongroom.leak.LeakProgress;
import org.strongroom.leak.LeakRefused;
import org.strongroom.leak.LeakRequest;
import org.strongroom.leak.SampleSource;
import org.strongroom.leak.canary.CanaryBook;
import org.strongroom.leak.canary.Planted;
import org.strongroom.leak.report.Report;

/** The leak checks of a vault directory opened in this process, for one actor. */
final class LocalLeaks implements Leaks {
  private final LeakDesk desk;
  private final CanaryBook canaries;
  private final Actor actor;

  LocalLeaks(LeakDesk desk, CanaryBook canaries, Actor actor) {
    this.desk = desk;
    this.canaries = canaries;
    this.actor = actor;
  }

  @Override
  public Report check(SampleSource sample, LeakRequest request, LeakProgress progress)
      throws IOException {
    try (LeakDesk.Run run = desk.begin(actor, request)) {
      return run.run(sample, progress);
    } catch (LeakRefused e) {
      throw new Refusal(e.word(), String.valueOf(e.getMessage()), e.receipt());
    }
  }

  @Override
  public LeakDesk.Listed list() {
    return desk.list(actor);
  }

  @Override
  public LeakDesk.Shown show(Id check) {
    return desk.show(actor, check, LeakDesk.For.REPORT);
  }

  @Override
  public void affected(Id check, LeakDesk.AffectedSink out) throws IOException {
    desk.affected(actor, check, out);
  }

  @Override
  public Planted plant(int count, Optional<String> recipient) {
    return canaries.plant(actor, count, recipient);
  }

  @Override
  public CanaryBook.Listed canaries() {
    return canaries.list(actor);
  }
}

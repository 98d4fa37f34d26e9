package io.octopus.worker.link;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when movable work must not go on, because a coordinator may have given it to others.
 *
 * <p>Times are those of a monotonic clock. Nobody can have given work away while every seed refused
 * connections, and a coordinator that was started since gives nothing away for its recovery grace.
 * A coordinator that said goodbye gives nothing away until it is back.
 *
 * @param lastHeard when a coordinator last said something
 * @param nobodyBefore until when it is sure that no coordinator had started its recovery grace
 */
record Contact(
    Duration stableAfter,
    Duration recoveryGrace,
    Duration lastHeard,
    Optional<Duration> nobodyBefore,
    boolean goodbye) {

  /** What trying to connect to every seed showed. */
  enum Seeds {
    ALL_REFUSED,
    SOME_ANSWERED,
    SILENT
  }

  /**
   * Others notice the silence of this worker 3.6 s after it began, and only then start to wait for
   * {@code stableAfter}: this much later than that is still in time.
   */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /** A coordinator's grace may have begun this much before it was noticed. */
  private static final Duration GRACE_MARGIN = Duration.ofSeconds(3);

  static Contact made(Duration stableAfter, Duration recoveryGrace, Duration now) {
    return new Contact(stableAfter, recoveryGrace, now, Optional.empty(), false);
  }

  Contact heard(Duration now) {
    return new Contact(stableAfter, recoveryGrace, now, Optional.empty(), false);
  }

  Contact saidGoodbye() {
    return new Contact(stableAfter, recoveryGrace, lastHeard, nobodyBefore, true);
  }

  Contact probed(Seeds seeds, Duration startedAt) {
    if (seeds == Seeds.ALL_REFUSED) {
      return new Contact(stableAfter, recoveryGrace, lastHeard, Optional.of(startedAt), goodbye);
    }
    if (seeds == Seeds.SOME_ANSWERED && goodbye) {
      return new Contact(stableAfter, recoveryGrace, lastHeard, Optional.of(startedAt), false);
    }
    return this;
  }

  /** Whether movable work must end now. */
  boolean isOver(Duration now) {
    return !goodbye && now.compareTo(deadline()) > 0;
  }

  Duration silence(Duration now) {
    return now.minus(lastHeard);
  }

  private Duration deadline() {
    var byStability = lastHeard.plus(stableAfter).plus(MARGIN);
    return nobodyBefore
        .map(nobody -> nobody.plus(recoveryGrace).minus(GRACE_MARGIN))
        .filter(byGrace -> byGrace.compareTo(byStability) > 0)
        .orElse(byStability);
  }
}

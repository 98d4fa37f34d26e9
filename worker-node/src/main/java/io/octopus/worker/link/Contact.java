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
 * <p>A seed that accepts connections while nobody answers is a coordinator that was just started,
 * or one that hangs: the network is whole, so this worker was not cut off. That excuses the silence
 * too, but no longer than a coordinator started right after its last word would give nothing away.
 *
 * @param lastHeard when a coordinator last said something
 * @param lastAnswered when a seed last accepted a connection since then
 * @param nobodyBefore until when it is sure that no coordinator had started its recovery grace
 */
record Contact(
    Duration stableAfter,
    Duration recoveryGrace,
    Duration lastHeard,
    Optional<Duration> lastAnswered,
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
    return new Contact(stableAfter, recoveryGrace, now, Optional.empty(), Optional.empty(), false);
  }

  Contact heard(Duration now) {
    return new Contact(stableAfter, recoveryGrace, now, Optional.empty(), Optional.empty(), false);
  }

  Contact saidGoodbye() {
    return new Contact(stableAfter, recoveryGrace, lastHeard, lastAnswered, nobodyBefore, true);
  }

  Contact probed(Seeds seeds, Duration startedAt) {
    return switch (seeds) {
      case ALL_REFUSED -> nobodyAt(startedAt, goodbye);
      case SOME_ANSWERED -> goodbye ? nobodyAt(startedAt, false) : answeredAt(startedAt);
      case SILENT -> this;
    };
  }

  private Contact nobodyAt(Duration time, boolean stillGone) {
    return new Contact(
        stableAfter, recoveryGrace, lastHeard, lastAnswered, Optional.of(time), stillGone);
  }

  private Contact answeredAt(Duration time) {
    return new Contact(
        stableAfter, recoveryGrace, lastHeard, Optional.of(time), nobodyBefore, goodbye);
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
    var byAnswer =
        lastAnswered.map(
            answered ->
                earlier(
                    answered.plus(stableAfter).plus(MARGIN),
                    lastHeard.plus(recoveryGrace).minus(GRACE_MARGIN)));
    var byGrace = nobodyBefore.map(nobody -> nobody.plus(recoveryGrace).minus(GRACE_MARGIN));
    return later(later(byStability, byAnswer.orElse(byStability)), byGrace.orElse(byStability));
  }

  private static Duration earlier(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

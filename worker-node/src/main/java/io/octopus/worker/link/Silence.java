package io.octopus.worker.link;

import java.util.Optional;

/**
 * Counts seconds in which no coordinator said anything, and says when a new start is due.
 *
 * <p>It counts calls, not time: a process that was paused for a while makes one call afterwards and
 * hears the answers that waited, so it is not taken for one that was cut off.
 */
final class Silence {

  private static final int KEPT_IN_TOUCH_IN_VAIN = 6;
  private static final int REGISTERED_IN_VAIN = 15;
  private static final int JOINED_IN_VAIN = 30;

  private int seconds;
  private boolean joinedBefore;

  /** A coordinator said something. */
  void broken() {
    seconds = 0;
  }

  /** Another second went by. Answers why a new start is due, if it is. */
  Optional<String> tick(boolean joined, boolean admitted) {
    if (joined && !joinedBefore) {
      joinedBefore = true;
      seconds = 0;
    }
    seconds++;
    if (!joinedBefore) {
      return after(JOINED_IN_VAIN, "could not join for %d s");
    }
    if (admitted) {
      return after(KEPT_IN_TOUCH_IN_VAIN, "no coordinator answered for %d s");
    }
    return after(REGISTERED_IN_VAIN, "no coordinator admitted this worker for %d s");
  }

  private Optional<String> after(int limit, String why) {
    return seconds > limit ? Optional.of(why.formatted(limit)) : Optional.empty();
  }
}

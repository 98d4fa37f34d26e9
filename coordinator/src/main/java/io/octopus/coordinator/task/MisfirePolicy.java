package io.octopus.coordinator.task;

/** What becomes of nominal times that were missed: more than a minute late, or past the next. */
public enum MisfirePolicy {
  /** One firing catches up for all of them. */
  FIRE_ONCE,
  /** They are recorded as skipped. */
  SKIP,
  /** Each is fired, oldest first, one after another; at most the latest 100. */
  FIRE_ALL
}

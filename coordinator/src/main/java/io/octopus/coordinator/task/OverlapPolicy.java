package io.octopus.coordinator.task;

/** What a firing does about a client that still runs an earlier execution of the same task. */
public enum OverlapPolicy {
  /** Leaves the client out of this run, with the reason {@code overlap}. */
  SKIP,
  /** Waits until the client is done; of several that wait, only the newest stays. */
  QUEUE_ONE,
  /** Runs beside it. */
  ALLOW,
  /** Cancels the earlier execution first. */
  CANCEL_PREVIOUS
}

package io.octopus.coordinator.task;

/** Where a task stands, as the API shows it. */
public enum TaskStatus {
  /** Accepted, nothing ran yet. */
  Created,
  /** Something is pending, running or scheduled. */
  Active,
  Completed,
  Failed,
  Cancelled
}

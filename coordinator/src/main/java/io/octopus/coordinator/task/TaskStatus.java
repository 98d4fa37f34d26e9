package io.octopus.coordinator.task;

/** Where a task stands, as the API shows it. */
public enum TaskStatus {
  /** Accepted, nothing ran yet. */
  Created,
  /** Something is pending, running or scheduled. */
  Active,
  Completed,
  Failed,
  Cancelled;

  /** How a task stands whose newest run ended so. */
  static TaskStatus after(RunStatus status) {
    return switch (status) {
      case Completed -> Completed;
      case Cancelled -> Cancelled;
      case Pending, Running, Failed, Skipped -> Failed;
    };
  }
}

package io.octopus.coordinator.task;

/** Where an execution stands, as the API shows it. The last six are final. */
public enum ExecutionStatus {
  Pending,
  Running,
  Completed,
  Failed,
  TimedOut,
  Cancelled,
  Lost,
  Skipped;

  /** Whether nothing can change it any more. */
  public boolean isFinal() {
    return this != Pending && this != Running;
  }
}

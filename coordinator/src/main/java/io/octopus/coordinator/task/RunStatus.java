package io.octopus.coordinator.task;

/** Where a run stands, as the API shows it. The last four are final. */
public enum RunStatus {
  Pending,
  Running,
  Completed,
  Failed,
  Cancelled,
  Skipped
}

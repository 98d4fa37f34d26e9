package io.octopus.protocol;

/**
 * Identifies one attempt of an execution, counted from 1. Reports carry it, stale ones are refused.
 */
public record AttemptId(ExecutionId execution, int number) {

  public AttemptId {
    if (number < 1) {
      throw new IllegalArgumentException("attempts count from 1 but this is " + number);
    }
  }

  /** The task this attempt is a part of. */
  public TaskId task() {
    return execution.task();
  }

  @Override
  public String toString() {
    return execution + "#" + number;
  }
}

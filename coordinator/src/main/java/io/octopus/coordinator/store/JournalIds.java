package io.octopus.coordinator.store;

import io.octopus.coordinator.task.TaskEntity;
import io.octopus.protocol.TaskId;

/** What the journal calls a task: {@code Task|<id>}; queries that go over all tasks say it, too. */
final class JournalIds {

  private static final String PREFIX = TaskEntity.KEY.name() + "|";

  private JournalIds() {}

  static String of(TaskId task) {
    return PREFIX + task.value();
  }

  static boolean isTask(String persistenceId) {
    return persistenceId.startsWith(PREFIX);
  }

  /** The task that the journal calls so. */
  static TaskId task(String persistenceId) {
    return new TaskId(persistenceId.substring(PREFIX.length()));
  }
}

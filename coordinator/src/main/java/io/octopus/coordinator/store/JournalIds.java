package io.octopus.coordinator.store;

import akka.persistence.typed.PersistenceId;
import io.octopus.coordinator.task.TaskEntity;
import io.octopus.protocol.TaskId;

/** What the journal calls a task: {@code Task|<id>}; queries that go over all tasks say it, too. */
final class JournalIds {

  private JournalIds() {}

  static String of(TaskId task) {
    return PersistenceId.of(TaskEntity.KEY.name(), task.value()).id();
  }

  static boolean isTask(String persistenceId) {
    return PersistenceId.extractEntityType(persistenceId).equals(TaskEntity.KEY.name());
  }

  /** The task that the journal calls so. */
  static TaskId task(String persistenceId) {
    return new TaskId(PersistenceId.extractEntityId(persistenceId));
  }
}

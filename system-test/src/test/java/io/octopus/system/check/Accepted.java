package io.octopus.system.check;

import io.octopus.system.Task;
import java.util.List;
import java.util.Optional;

/**
 * A task that was answered with 201, and every change of it that was answered with success, in
 * order. Its owner never changes.
 */
public record Accepted(String id, List<Change> changes) {

  /**
   * A change that a user made.
   *
   * @param event what the task's history calls it
   * @param definition what the task is to do from then on, if the change says so
   */
  public record Change(String event, Optional<Definition> definition) {
    public static Change created(Definition definition) {
      return new Change("task_created", Optional.of(definition));
    }

    public static Change edited(Definition definition) {
      return new Change("task_edited", Optional.of(definition));
    }

    /** One that leaves the definition as it is. */
    public static Change of(String event) {
      return new Change(event, Optional.empty());
    }
  }

  public Accepted {
    changes = List.copyOf(changes);
  }

  /** A task that nobody changed. */
  public static Accepted of(String id, Definition definition) {
    return new Accepted(id, List.of(Change.created(definition)));
  }

  /** A task that nobody changed, as the answer to its POST shows it. */
  public static Accepted of(Task task) {
    return of(task.id(), new Definition(task.json()));
  }

  /** What it was created to do. */
  public Definition first() {
    return changes.get(0).definition().orElseThrow();
  }

  public boolean isDeleted() {
    return changes.get(changes.size() - 1).event().equals("task_deleted");
  }
}

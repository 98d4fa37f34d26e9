package io.octopus.system.check;

import io.octopus.system.HistoryLine;
import io.octopus.system.check.Accepted.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a task had to do at which time: the definitions are those that were posted, its history says
 * since when they hold. Of a task that nobody edited that is no more than when it was created.
 *
 * @param end when it was cancelled or deleted
 */
record Life(List<Version> versions, Optional<Instant> end) {
  private static final Set<String> CHANGES =
      Set.of(
          "task_created",
          "task_edited",
          "task_paused",
          "task_resumed",
          "task_cancelled",
          "task_deleted");

  private static final Set<String> ENDS = Set.of("task_cancelled", "task_deleted");

  /**
   * A definition.
   *
   * @param from since when it holds
   * @param given since when its schedule holds: an edit of other things does not start it over
   */
  record Version(Definition definition, Instant from, Instant given) {
    private boolean startsOver() {
      return from.equals(given);
    }
  }

  /**
   * A schedule and how long it held.
   *
   * @param until when another took its place or the task ended, empty while it holds
   */
  record Generation(Definition definition, Instant given, Optional<Instant> until) {}

  /** The lines that say what users changed. */
  static List<HistoryLine> changes(List<HistoryLine> history) {
    return history.stream().filter(line -> CHANGES.contains(line.event())).toList();
  }

  /** Empty if the history tells of other changes than those that were made. */
  static Optional<Life> of(Accepted task, List<HistoryLine> history) {
    List<HistoryLine> lines = changes(history);
    if (!lines.stream().map(HistoryLine::event).toList().equals(events(task))) {
      return Optional.empty();
    }
    List<Version> versions = new ArrayList<>();
    Optional<Instant> end = Optional.empty();
    for (int index = 0; index < lines.size(); index++) {
      Instant at = lines.get(index).at();
      task.changes()
          .get(index)
          .definition()
          .ifPresent(definition -> versions.add(next(versions, definition, at)));
      if (end.isEmpty() && ENDS.contains(lines.get(index).event())) {
        end = Optional.of(at);
      }
    }
    return Optional.of(new Life(versions, end));
  }

  private static List<String> events(Accepted task) {
    return task.changes().stream().map(Change::event).toList();
  }

  private static Version next(List<Version> before, Definition definition, Instant at) {
    if (before.isEmpty()) {
      return new Version(definition, at, at);
    }
    Version last = before.get(before.size() - 1);
    Instant given = definition.firesLike(last.definition()) ? last.given() : at;
    return new Version(definition, at, given);
  }

  Definition last() {
    return versions.get(versions.size() - 1).definition();
  }

  List<Generation> generations() {
    List<Version> starts = versions.stream().filter(Version::startsOver).toList();
    List<Generation> generations = new ArrayList<>();
    for (int index = 0; index < starts.size(); index++) {
      boolean isLast = index == starts.size() - 1;
      Version start = starts.get(index);
      Optional<Instant> until = isLast ? end : Optional.of(starts.get(index + 1).given());
      generations.add(new Generation(start.definition(), start.given(), until));
    }
    return generations;
  }

  /** What held at that time, unless it was edited then: nobody can tell which came first. */
  Optional<Version> at(Instant time) {
    boolean isEditedThen = versions.stream().skip(1).anyMatch(edit -> edit.from().equals(time));
    return versions.stream()
        .filter(version -> !isEditedThen && !version.from().isAfter(time))
        .reduce((earlier, later) -> later);
  }
}

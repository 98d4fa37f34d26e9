package io.octopus.coordinator.schedule;

import io.octopus.protocol.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Which tasks have something to do, by their rows. A task may have more than one alarm. */
public interface Alarms {

  /** The alarms behind this place, up to and at this time; earliest first, so many at most. */
  CompletionStage<List<Alarm>> behind(Place place, Instant until, int limit);

  /** The alarms of these tasks up to and at this time. */
  CompletionStage<List<Alarm>> of(Collection<TaskId> tasks, Instant until);

  /** Tasks with a run that is not final, by id, behind this one; so many at most. */
  CompletionStage<List<TaskId>> unfinishedBehind(Optional<TaskId> last, int limit);

  /** A task and a time it has something to do at. */
  record Alarm(Instant at, TaskId task) {

    Place place() {
      return new Place(at, task.value());
    }
  }

  /**
   * A place in the order of all alarms: by time, then by task.
   *
   * @param task a task's id, or a text before or behind all ids
   */
  record Place(Instant at, String task) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::at).thenComparing(Place::task);

    /** Before every alarm. */
    static Place start() {
      return before(Instant.EPOCH);
    }

    /** Before all alarms of this time. */
    static Place before(Instant time) {
      return new Place(time, "");
    }

    /** Behind all alarms of this time. */
    static Place behind(Instant time) {
      return new Place(time, "\uffff");
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}

package io.octopus.system.soak;

import io.octopus.system.check.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What users do meanwhile: they post tasks that run once, and keep many that recur, which they
 * pause, resume, edit and delete. Some of the recurring ones are left alone, so that nothing but
 * the instant of their creation decides when they fire.
 */
final class Traffic {
  private static final int MOST_RECURRING = 40;
  private static final int CHANGED_PER_LEFT_ALONE = 2;

  private final Caller caller;
  private final RandomTasks tasks;
  private final Random random;
  private final List<OwnedTask> posted = new ArrayList<>();
  private final List<OwnedTask> changeable = new ArrayList<>();
  private int recurring;
  private int edits;

  Traffic(Caller caller, RandomTasks tasks, Random random) {
    this.caller = caller;
    this.tasks = tasks;
    this.random = random;
  }

  synchronized List<OwnedTask> posted() {
    return List.copyOf(posted);
  }

  List<Accepted> accepted() {
    return posted().stream().map(OwnedTask::accepted).toList();
  }

  /** What goes on firing unless it is ended. */
  List<OwnedTask> endless() {
    return posted().stream().filter(OwnedTask::isEndless).toList();
  }

  /** Posts a task that runs once. */
  void postOnce() {
    keep(OwnedTask.create(caller, random.nextInt(6) == 0 ? tasks.onceLater() : tasks.once()));
  }

  /** Posts a recurring task, or changes one, rather so the more there are. */
  void postOrChangeRecurring() {
    if (changeable.isEmpty() || random.nextInt(MOST_RECURRING) >= endless().size()) {
      postRecurring();
    } else {
      change(changeable.get(random.nextInt(changeable.size())));
    }
  }

  private void postRecurring() {
    boolean isLeftAlone = recurring++ % (CHANGED_PER_LEFT_ALONE + 1) == 0;
    boolean ends = isLeftAlone && random.nextInt(4) == 0;
    var body = ends ? tasks.recurringForAWhile() : tasks.recurring();
    var task = OwnedTask.create(caller, body);
    keep(task);
    if (!isLeftAlone) {
      changeable.add(task);
    }
  }

  private void change(OwnedTask task) {
    int dice = random.nextInt(10);
    if (dice < 4) {
      task.edit(tasks.edited(task.body(), ++edits));
    } else if (dice < 6) {
      task.delete();
      changeable.remove(task);
    } else if (task.isPaused()) {
      task.resume();
    } else {
      task.pause();
    }
  }

  private synchronized void keep(OwnedTask task) {
    posted.add(task);
  }
}

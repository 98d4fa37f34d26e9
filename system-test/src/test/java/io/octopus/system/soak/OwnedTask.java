package io.octopus.system.soak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.system.check.Accepted;
import io.octopus.system.check.Accepted.Change;
import io.octopus.system.check.Definition;
import java.util.ArrayList;
import java.util.List;

/** A task that one user owns, and all that the user did to it. */
final class OwnedTask {
  private final Caller caller;
  private final String id;
  private final List<Change> changes = new ArrayList<>();
  private ObjectNode body;
  private boolean paused;
  private boolean deleted;

  private OwnedTask(Caller caller, ObjectNode body, String id) {
    this.caller = caller;
    this.body = body;
    this.id = id;
    changes.add(Change.created(new Definition(body)));
  }

  /** Returns as soon as it is accepted. */
  static OwnedTask create(Caller caller, ObjectNode body) {
    return new OwnedTask(caller, body, caller.create(body));
  }

  String id() {
    return id;
  }

  ObjectNode body() {
    return body;
  }

  boolean isPaused() {
    return paused;
  }

  /** Whether it goes on firing unless somebody ends it. */
  boolean isEndless() {
    return !deleted && new Definition(body).recursForEver();
  }

  boolean isDeleted() {
    return deleted;
  }

  Accepted accepted() {
    return new Accepted(id, changes);
  }

  void edit(ObjectNode newBody) {
    caller.edit(id, newBody);
    body = newBody;
    changes.add(Change.edited(new Definition(newBody)));
  }

  void pause() {
    caller.tell(id, "pause");
    paused = true;
    changes.add(Change.of("task_paused"));
  }

  void resume() {
    caller.tell(id, "resume");
    paused = false;
    changes.add(Change.of("task_resumed"));
  }

  void cancel() {
    caller.tell(id, "cancel");
    changes.add(Change.of("task_cancelled"));
  }

  void delete() {
    caller.delete(id);
    deleted = true;
    changes.add(Change.of("task_deleted"));
  }
}

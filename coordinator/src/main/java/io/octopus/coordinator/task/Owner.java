package io.octopus.coordinator.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.octopus.protocol.WorkerName;

/** Who must run a task: every client, any one client, or the one named. */
public sealed interface Owner {

  /** Every client that is Online when the task fires. */
  record All() implements Owner {
    @Override
    public String text() {
      return "ALL";
    }
  }

  /** One Online client, whichever has most room. */
  record Anyone() implements Owner {
    @Override
    public String text() {
      return "Anyone";
    }
  }

  /** This client and no other, whenever it is there. */
  record Named(WorkerName worker) implements Owner {
    @Override
    public String text() {
      return worker.value();
    }
  }

  /** The owner as users write it; the keywords are accepted in any letter case. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Owner parse(String text) {
    if (text.equalsIgnoreCase("ALL")) {
      return new All();
    }
    return text.equalsIgnoreCase("Anyone") ? new Anyone() : new Named(new WorkerName(text));
  }

  /** The owner as the API shows it. */
  @JsonValue
  String text();
}

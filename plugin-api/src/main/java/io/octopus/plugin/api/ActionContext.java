package io.octopus.plugin.api;

import java.nio.file.Path;
import java.time.Instant;

/** Which execution an action runs for, and how it talks to those who watch it. */
public interface ActionContext {

  /** The task that this is an execution of. */
  String taskId();

  /** The firing of the task that this execution belongs to. */
  String runId();

  /** The same for all attempts of one execution. */
  String executionId();

  /** 1 for the first attempt, 2 for the first retry, and so on. */
  int attempt();

  /** When the execution was due. */
  Instant fireTime();

  /** The name of the client that it runs on. */
  String client();

  /**
   * An empty folder of this execution's own; it is removed when the action has ended. The process's
   * current folder, which relative paths start from, is another one.
   */
  Path workDirectory();

  /**
   * Reports how far the work is; shown on the execution.
   *
   * @param fraction from 0 to 1
   * @param message a few words; may be empty
   */
  void progress(double fraction, String message);

  /** Writes to the execution's log, with a level. */
  System.Logger log();
}

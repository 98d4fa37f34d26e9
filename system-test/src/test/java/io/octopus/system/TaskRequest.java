package io.octopus.system;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The body of a POST /tasks, written as a sentence. */
public final class TaskRequest {
  private final ObjectNode body = Answer.JSON.createObjectNode();

  private TaskRequest(String plugin) {
    body.put("plugin", plugin);
  }

  public static TaskRequest of(String plugin) {
    return new TaskRequest(plugin);
  }

  /** Work that notes its start and end in the ledger and takes so many seconds. */
  public static TaskRequest noted(Ledger ledger, double seconds) {
    return of("ledger").args(ledger.path(), seconds);
  }

  /** Who must run it: ALL, Anyone or a client's name. */
  public TaskRequest by(String owner) {
    body.put("owner", owner);
    return this;
  }

  public TaskRequest action(String action) {
    body.put("action", action);
    return this;
  }

  public TaskRequest args(Object... args) {
    body.set("args", Answer.JSON.valueToTree(args));
    return this;
  }

  public TaskRequest with(String field, Object value) {
    body.set(field, Answer.JSON.valueToTree(value));
    return this;
  }

  public ObjectNode body() {
    return body;
  }
}

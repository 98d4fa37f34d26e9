package io.octopus.plugin.host;

import io.octopus.plugin.api.ActionContext;
import java.nio.file.Path;
import java.time.Instant;

/** The context of one call. */
final class HostContext implements ActionContext {

  private final CallRequest request;
  private final HostOutput output;
  private final System.Logger log;

  HostContext(CallRequest request, HostOutput output) {
    this.request = request;
    this.output = output;
    log = new HostLogger(output);
  }

  @Override
  public String taskId() {
    return request.variable("TASK_ID");
  }

  @Override
  public String runId() {
    return request.variable("RUN_ID");
  }

  @Override
  public String executionId() {
    return request.variable("EXECUTION_ID");
  }

  @Override
  public int attempt() {
    return Integer.parseInt(request.variable("ATTEMPT"));
  }

  @Override
  public Instant fireTime() {
    return Instant.parse(request.variable("FIRE_TIME"));
  }

  @Override
  public String client() {
    return request.variable("CLIENT");
  }

  @Override
  public Path workDirectory() {
    return request.directory().get();
  }

  @Override
  public void progress(double fraction, String message) {
    output.progress(Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction)), message);
  }

  @Override
  public System.Logger log() {
    return log;
  }
}

package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Runs Java plugins: in JVMs of their own, or in this one those that are trusted. */
final class JavaRunner implements LanguageRunner, AutoCloseable {

  private final JavaPlugins settings;
  private final Program program;
  private final WarmPool pool;
  private final ObjectMapper json;
  private final InProcessPlugins inProcess = new InProcessPlugins();

  JavaRunner(JavaPlugins settings, WarmPool pool, ObjectMapper json) {
    this.settings = settings;
    this.pool = pool;
    this.json = json;
    program = JavaProgram.of(settings.options());
  }

  @Override
  public ActionOutcome run(Attempt attempt) throws IOException, InterruptedException {
    return settings.inProcess().contains(attempt.request().plugin())
        ? new InProcessCall(attempt, inProcess).run()
        : WarmCall.call(attempt, program, pool, json);
  }

  InProcessPlugins inProcess() {
    return inProcess;
  }

  @Override
  public void close() {
    inProcess.close();
  }
}

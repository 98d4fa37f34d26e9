package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;

/** Runs Python plugins, each attempt in an interpreter that is its own while it lasts. */
final class PythonRunner implements LanguageRunner {

  private final PythonPool pool;
  private final ObjectMapper json;

  PythonRunner(PythonPool pool, ObjectMapper json) {
    this.pool = pool;
    this.json = json;
  }

  @Override
  public ActionOutcome run(Attempt attempt) throws IOException, InterruptedException {
    try {
      var call = new PythonCall(attempt, pool.take(attempt.request().file()), pool, json);
      var outcome = call.run();
      if (outcome.isEmpty() && attempt.isRunning()) {
        // It died while it waited in the pool: it has not seen the request, another one may.
        outcome = new PythonCall(attempt, pool.start(), pool, json).run();
      }
      return outcome.isPresent()
          ? outcome.get()
          : Failures.failed(
              FailureReason.EXIT_CODE, "ProcessExit", "The interpreter does not start");
    } catch (PythonInterpreter.Missing missing) {
      return Failures.failed(
          FailureReason.PLUGIN_MISSING, "PythonMissing", String.valueOf(missing.getMessage()));
    }
  }
}

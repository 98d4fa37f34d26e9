package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Python plugins, each attempt in an interpreter that is its own while it lasts. */
final class PythonRunner implements LanguageRunner {

  private static final Logger LOG = LoggerFactory.getLogger(PythonRunner.class);

  private final PythonInterpreter interpreter;
  private final PythonEnvironments environments;
  private final Path host;
  private final WarmPool pool;
  private final ObjectMapper json;
  private final KnownRequirements requirements = new KnownRequirements();

  PythonRunner(
      PythonInterpreter interpreter,
      PythonEnvironments environments,
      Path host,
      WarmPool pool,
      ObjectMapper json) {
    this.interpreter = interpreter;
    this.environments = environments;
    this.host = host;
    this.pool = pool;
    this.json = json;
  }

  /** Starts an interpreter before the first plugin comes. */
  void warmUp() {
    if (interpreter.isDeclined()) {
      return;
    }
    try {
      pool.keepSpare(program(interpreter.find().program(), true));
    } catch (PythonInterpreter.Missing missing) {
      LOG.warn("No Python plugin can be run: {}", missing.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public LanguageRunner prepare(Attempt attempt) throws IOException, InterruptedException {
    var needed = requirements.of(attempt.request().file());
    if (needed.isEmpty()) {
      return this;
    }
    try {
      var environment = environments.open(needed, attempt);
      return own -> {
        var use = environments.use(environment);
        try {
          return call(own, program(environment.program(), false));
        } finally {
          use.close();
        }
      };
    } catch (EnvironmentFailure | PythonInterpreter.Missing failure) {
      return refused -> missing("PackagesMissing", failure);
    }
  }

  @Override
  public ActionOutcome run(Attempt attempt) throws IOException, InterruptedException {
    try {
      return call(attempt, program(interpreter.find().program(), true));
    } catch (PythonInterpreter.Missing missing) {
      return missing("PythonMissing", missing);
    }
  }

  private static ActionOutcome missing(String type, IOException why) {
    return Failures.failed(FailureReason.PLUGIN_MISSING, type, String.valueOf(why.getMessage()));
  }

  private ActionOutcome call(Attempt attempt, Program program)
      throws IOException, InterruptedException {
    return WarmCall.call(attempt, program, pool, json);
  }

  private Program program(Path python, boolean keepsSpare) {
    return new Program(
        List.of(python.toString(), "-X", "utf8", "-B", host.toString()), keepsSpare, false, true);
  }
}

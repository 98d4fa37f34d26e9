package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs Python plugins, each attempt in a process of its own. */
final class PythonRunner implements LanguageRunner {

  private static final String LAST_WORDS = ".interpreter.txt";

  private final PythonInterpreter interpreter;
  private final Path host;
  private final ObjectMapper json;

  PythonRunner(PythonInterpreter interpreter, Path host, ObjectMapper json) {
    this.interpreter = interpreter;
    this.host = host;
    this.json = json;
  }

  @Override
  public ActionOutcome run(Attempt attempt) throws IOException, InterruptedException {
    Path program;
    try {
      program = interpreter.find().program();
    } catch (PythonInterpreter.Missing missing) {
      return Failures.failed(
          FailureReason.PLUGIN_MISSING, "PythonMissing", String.valueOf(missing.getMessage()));
    }
    var folder = attempt.folder();
    var lastWords = folder.resolveSibling(folder.getFileName() + LAST_WORDS);
    try {
      var process = start(program, folder, lastWords, attempt);
      return new PythonCall(attempt, process, attempt.started(process), lastWords, json).run();
    } finally {
      Files.deleteIfExists(lastWords);
    }
  }

  /** The interpreter's own stderr is a file: it may still be read after a crash. */
  private Process start(Path program, Path folder, Path lastWords, Attempt attempt)
      throws IOException {
    var builder =
        new ProcessBuilder(List.of(program.toString(), "-X", "utf8", "-B", host.toString()))
            .directory(folder.toFile())
            .redirectError(lastWords.toFile());
    PluginEnvironment.apply(builder, attempt.request().context());
    return builder.start();
  }
}

package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs shell scripts, PowerShell and command files, and any executable. */
final class ScriptRunner implements LanguageRunner {

  private static final int READ_SIZE = 32 * 1024;
  private static final long LAST_OUTPUT_SECONDS = 5;

  private final ObjectMapper json;

  ScriptRunner(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public ActionOutcome run(Attempt attempt) throws IOException, InterruptedException {
    ScriptCommand command;
    try {
      command = ScriptCommand.of(attempt.request(), json);
    } catch (IllegalArgumentException refused) {
      return Failures.failed(
          FailureReason.BAD_ARGUMENTS, "BadArguments", String.valueOf(refused.getMessage()));
    }
    try (var cell = attempt.confinement().open(attempt.folder().getFileName().toString())) {
      Process process;
      try {
        process = start(command, attempt, cell);
      } catch (IOException problem) {
        return Failures.failed(
            FailureReason.PLUGIN_MISSING, "ScriptNotStarted", String.valueOf(problem.getMessage()));
      }
      attempt.started(process.toHandle(), cell);
      return follow(process, attempt);
    }
  }

  private ActionOutcome follow(Process process, Attempt attempt)
      throws IOException, InterruptedException {
    process.getOutputStream().close();
    var result = new ScriptResult(attempt.request().maxResultBytes(), json);
    var out = read(process.getInputStream(), OutputSink.Stream.STDOUT, attempt, result);
    var err = read(process.getErrorStream(), OutputSink.Stream.STDERR, attempt, result);
    int code = process.waitFor();
    if (attempt.settle()) {
      attempt.endLeftovers();
    }
    await(out);
    await(err);
    return result.outcome(code, attempt.output().tail());
  }

  private static Process start(ScriptCommand command, Attempt attempt, Confinement.Cell cell)
      throws IOException {
    var builder =
        new ProcessBuilder(cell.command(SessionLeader.of(command.line())))
            .directory(attempt.folder().toFile());
    PluginEnvironment.apply(builder, PluginEnvironment.of(attempt.request().context()));
    builder.environment().putAll(attempt.confinement().environment());
    builder.environment().putAll(command.variables());
    attempt.starting();
    return builder.start();
  }

  private static Future<?> read(
      InputStream in, OutputSink.Stream stream, Attempt attempt, ScriptResult result) {
    return attempt
        .threads()
        .submit(
            () -> {
              var buffer = new byte[READ_SIZE];
              try (in) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                  var piece = Arrays.copyOf(buffer, n);
                  if (stream == OutputSink.Stream.STDOUT) {
                    result.add(piece);
                  }
                  attempt.output().bytes(stream, piece);
                }
              } catch (IOException ended) {
                // The process was killed in the middle of a read: there is nothing more to read.
              }
            });
  }

  private static void await(Future<?> reader) throws InterruptedException {
    try {
      reader.get(LAST_OUTPUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException incomplete) {
      reader.cancel(true);
    }
  }
}

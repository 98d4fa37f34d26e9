package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.config.WorkerSettings;
import io.octopus.plugin.archive.PluginDescriptor;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.plugin.archive.PluginReader;
import io.octopus.plugin.python.PythonInterpreter;
import io.octopus.plugin.run.ActionContext;
import io.octopus.plugin.run.ActionError;
import io.octopus.plugin.run.ActionOutcome;
import io.octopus.plugin.run.ActionRequest;
import io.octopus.plugin.run.OutputSink;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.plugin.run.PluginRunners;
import io.octopus.worker.HostSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's file run by this process with a worker's own runner.
 *
 * <p>As on a worker, the plugin lies alone in a folder: what is beside it here cannot be imported.
 */
final class LocalPlugin implements AutoCloseable {
  private final PluginDescriptor descriptor;
  private final Path folder;
  private final Path copy;
  private final WorkerSettings settings;
  private final PluginRunner runner;
  private final Thread atExit;

  private LocalPlugin(
      PluginDescriptor descriptor, Path folder, Path copy, WorkerSettings settings) {
    this.descriptor = descriptor;
    this.folder = folder;
    this.copy = copy;
    this.settings = settings;
    runner = PluginRunners.forHost(HostSettings.of(settings, folder.resolveSibling("work")));
    // Ctrl-C must not leave the plugin's processes behind.
    atExit = new Thread(runner::close);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Reads the file as the coordinator would; refuses one that it would refuse. */
  static LocalPlugin open(Path file, WorkerSettings settings) {
    try {
      PluginFile plugin = PluginFile.read(file);
      PluginDescriptor descriptor = read(plugin, settings);
      PluginDescriptor.Problem problem = descriptor.problem();
      if (problem != null) {
        String line = problem.line() > 0 ? "line " + problem.line() + ": " : "";
        throw new ApiFailure(file + " is broken: " + line + problem.message(), ExitCode.FAILED);
      }
      Path place = Files.createDirectories(settings.dataDirectory().resolve("plugin-test"));
      Path folder = Files.createTempDirectory(place, "plugin");
      Path copy = Files.write(folder.resolve(plugin.fileName()), plugin.content());
      Path requirements = file.resolveSibling(plugin.name() + ".requirements.txt");
      if (Files.exists(requirements)) {
        Files.copy(requirements, folder.resolve(plugin.name() + ".requirements.txt"));
      }
      return new LocalPlugin(descriptor, folder, copy, settings);
    } catch (IOException e) {
      throw ApiFailure.usage(file + " cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw ApiFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private static PluginDescriptor read(PluginFile plugin, WorkerSettings settings) {
    try {
      return new PluginReader(new PythonInterpreter(Path.of(settings.client().python())))
          .read(plugin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Runs an action to its end, showing its log; answers what an execution would show. */
  ObjectNode run(String action, String args, String kwargs, Duration timeout, PrintWriter log) {
    Instant now = InstantSource.system().instant();
    long begin = System.nanoTime();
    ActionOutcome outcome =
        runner
            .start(
                new ActionRequest(
                    copy,
                    descriptor.name(),
                    descriptor.version(),
                    action,
                    args,
                    kwargs,
                    timeout,
                    new ActionContext(
                        "test", "test-1", "test-1-1", 1, now, settings.client().name()),
                    settings.result().maxSize()),
                new LiveLog(log))
            .outcome()
            .toCompletableFuture()
            .join();
    long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    return json(outcome).put("duration_ms", millis);
  }

  private static ObjectNode json(ActionOutcome outcome) {
    if (outcome instanceof ActionOutcome.Completed completed) {
      return json("Completed", null, completed.message(), null, completed.resultJson());
    } else if (outcome instanceof ActionOutcome.Failed failed) {
      return json(
          "Failed", failed.reason(), failed.error().message(), failed.error(), failed.resultJson());
    } else if (outcome instanceof ActionOutcome.TimedOut late) {
      return json("TimedOut", "timed_out", late.message(), null, "null");
    }
    return json("Cancelled", null, null, null, "null");
  }

  private static ObjectNode json(
      String status,
      @Nullable String reason,
      @Nullable String message,
      @Nullable ActionError error,
      String result) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", status)
            .put("reason", reason)
            .put("message", message);
    json.set(
        "error",
        error == null
            ? NullNode.instance
            : JsonNodeFactory.instance
                .objectNode()
                .put("type", error.type())
                .put("message", error.message())
                .put("traceback", error.traceback()));
    json.set("result", parse(result));
    return json;
  }

  private static JsonNode parse(String result) {
    try {
      return ApiClient.JSON.readTree(result);
    } catch (IOException e) {
      return JsonNodeFactory.instance.textNode(result);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook does what follows here, too.
    }
    runner.close();
    try {
      for (Path file : List.of(copy, folder.resolve(descriptor.name() + ".requirements.txt"))) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A copy that is left in the data folder harms nobody.
    }
  }

  /** Shows output while it comes. */
  private record LiveLog(PrintWriter out) implements OutputSink {
    @Override
    public void write(Stream stream, @Nullable String level, Instant at, String text) {
      out.print(level == null ? text : level + " " + text);
      out.flush();
    }

    @Override
    public void progress(double fraction, String message) {
      out.printf("%3.0f %% %s%n", 100 * fraction, message);
      out.flush();
    }
  }
}

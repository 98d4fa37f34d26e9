package io.octopus.plugin.run;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.octopus.plugin.jar.PluginJarFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** A real runner over the host's own python3, and plugins written on the spot. */
final class Workbench implements AutoCloseable {

  /** Another interpreter can be tried: {@code -Doctopus.test.python=/path/to/python3.7}. */
  private static final Path PYTHON = Path.of(System.getProperty("octopus.test.python", "python3"));

  static final Instant FIRE_TIME = Instant.parse("2026-11-23T10:00:00Z");
  private static final long LIMIT = 8 << 20;

  final Path work;
  final PluginRunner runner;
  private final Path folder;
  private final Path cache;

  Workbench() throws IOException {
    this(usual -> usual);
  }

  Workbench(Limits limits) throws IOException {
    this(usual -> usual.withLimits(limits));
  }

  /** A runner with other settings than the usual ones. */
  Workbench(UnaryOperator<RunnerSettings> change) throws IOException {
    folder = Files.createTempDirectory("octopus-bench");
    work = folder.resolve("work");
    var settings = change.apply(new RunnerSettings(PYTHON, work, InstantSource.system()));
    if (!settings.limits().user().isEmpty()) {
      // Temporary folders are their owner's alone; a worker opens its own data folder.
      var unused = folder.toFile().setExecutable(true, false);
    }
    cache = Files.createDirectories(folder.resolve("cache"));
    runner = PluginRunners.forHost(settings);
  }

  /** Puts a plugin where a worker's cache would have it. */
  Path plugin(String fileName, String code) throws IOException {
    var folder = Files.createDirectory(cache.resolve(UUID.randomUUID().toString()));
    return Files.writeString(folder.resolve(fileName), code);
  }

  /** Puts a Java plugin there that is made of sources; the first is the plugin's own. */
  Path jar(String fileName, String... sources) throws IOException {
    var folder = Files.createDirectory(cache.resolve(UUID.randomUUID().toString()));
    return PluginJarFile.write(folder.resolve(fileName), sources);
  }

  Call python(String code) throws IOException {
    return new Call(plugin("sample.py", code));
  }

  Call call(Path file) {
    return new Call(file);
  }

  @Override
  public void close() throws IOException {
    runner.close();
    FolderRemoval.remove(folder);
  }

  /** One call being put together. */
  final class Call {
    private final Path file;
    private String action = "main";
    private String args = "[]";
    private String kwargs = "{}";
    private Duration timeout = Duration.ofSeconds(60);
    private long limit = LIMIT;
    final ActionContext context =
        new ActionContext(
            "task-" + UUID.randomUUID(), "run-1", "execution-1", 2, FIRE_TIME, "bench");
    final CollectedOutput output = new CollectedOutput();

    Call(Path file) {
      this.file = file;
    }

    Call action(String name) {
      action = name;
      return this;
    }

    Call args(String json) {
      args = json;
      return this;
    }

    Call kwargs(String json) {
      kwargs = json;
      return this;
    }

    Call timeout(Duration duration) {
      timeout = duration;
      return this;
    }

    Call limit(long bytes) {
      limit = bytes;
      return this;
    }

    RunningAction start() {
      var name = file.getFileName().toString();
      return runner.start(
          new ActionRequest(
              file,
              name.substring(0, name.lastIndexOf('.')),
              "1.0",
              action,
              args,
              kwargs,
              timeout,
              context,
              limit),
          output);
    }

    ActionOutcome run() {
      return await(start());
    }

    ActionOutcome.Completed completed() {
      return expect(ActionOutcome.Completed.class);
    }

    ActionOutcome.Failed failed() {
      return expect(ActionOutcome.Failed.class);
    }

    private <T extends ActionOutcome> T expect(Class<T> kind) {
      var outcome = run();
      if (!kind.isInstance(outcome)) {
        throw new AssertionError(outcome + "\noutput: " + output.text());
      }
      return kind.cast(outcome);
    }
  }

  static ActionOutcome await(RunningAction action) {
    try {
      return action.outcome().toCompletableFuture().get(90, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException problem) {
      throw new AssertionError(problem);
    }
  }
}

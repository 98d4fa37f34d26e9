package io.octopus.bench;

import io.octopus.plugin.run.ActionContext;
import io.octopus.plugin.run.ActionOutcome;
import io.octopus.plugin.run.ActionRequest;
import io.octopus.plugin.run.OutputSink;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.plugin.run.PluginRunners;
import io.octopus.plugin.run.RunnerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs the plugin as a worker does: from the request to the outcome, with all there is to it. */
final class WarmRuntime implements Contestant {

  private final PluginRunner runner;
  private final Path plugin;
  private final int lanes;
  private final AtomicLong number = new AtomicLong();

  WarmRuntime(Path python, Path plugin, Path work, int lanes) {
    this.plugin = plugin;
    this.lanes = lanes;
    runner = PluginRunners.forHost(new RunnerSettings(python, work, InstantSource.system()));
  }

  @Override
  public String title() {
    return "Octopus plugin runtime";
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void once(int lane) {
    var execution = "execution-" + number.incrementAndGet();
    var outcome =
        runner
            .start(
                new ActionRequest(
                    plugin,
                    "noop",
                    "1",
                    "main",
                    "[]",
                    "{}",
                    Duration.ofMinutes(1),
                    new ActionContext("task", "run", execution, 1, Instant.EPOCH, "bench"),
                    8 << 20),
                new NoOutput())
            .outcome()
            .toCompletableFuture()
            .join();
    if (!(outcome instanceof ActionOutcome.Completed)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  @Override
  public void close() {
    runner.close();
  }

  private static final class NoOutput implements OutputSink {
    @Override
    public void write(Stream stream, @Nullable String level, Instant at, String text) {
      throw new IllegalStateException("the plugin wrote " + text);
    }

    @Override
    public void progress(double fraction, String message) {}
  }
}

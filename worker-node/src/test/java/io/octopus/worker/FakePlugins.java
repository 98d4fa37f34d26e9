package io.octopus.worker;

import io.octopus.plugin.run.ActionOutcome;
import io.octopus.plugin.run.ActionRequest;
import io.octopus.plugin.run.OutputSink;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.plugin.run.RunningAction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Actions that end when the test says so. */
public final class FakePlugins implements PluginRunner {

  /** One attempt under way. */
  public record Action(
      ActionRequest request, OutputSink output, CompletableFuture<ActionOutcome> end)
      implements RunningAction {

    @Override
    public CompletionStage<ActionOutcome> outcome() {
      return end;
    }

    @Override
    public void cancel() {
      end.complete(new ActionOutcome.Cancelled());
    }

    /** The plugin returns this. */
    public void complete(String json) {
      end.complete(new ActionOutcome.Completed(json, null));
    }
  }

  private final List<Action> started = new CopyOnWriteArrayList<>();

  @Override
  public RunningAction start(ActionRequest request, OutputSink output) {
    var action = new Action(request, output, new CompletableFuture<>());
    started.add(action);
    return action;
  }

  /** What was started so far. */
  public List<Action> started() {
    return started;
  }

  @Override
  public void close() {
    started.forEach(Action::cancel);
  }
}

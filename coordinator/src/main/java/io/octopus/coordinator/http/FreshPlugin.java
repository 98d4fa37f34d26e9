package io.octopus.coordinator.http;

import akka.Done;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Makes sure that the plugin which a body names is known as its file is now. */
final class FreshPlugin {
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,200}");

  private FreshPlugin() {}

  static CompletionStage<Done> of(ObjectNode body, PluginDirectory plugins) {
    String plugin = body.path("plugin").asText();
    return NAME.matcher(plugin).matches()
        ? plugins.refresh(plugin)
        : CompletableFuture.completedFuture(Done.getInstance());
  }
}

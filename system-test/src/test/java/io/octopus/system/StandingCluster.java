package io.octopus.system;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * One coordinator and three workers for all classes that leave them as they found them: starting
 * processes is most of what a system test costs.
 */
final class StandingCluster implements BeforeAllCallback, TestExecutionExceptionHandler {
  static final List<String> WORKERS = List.of("alpha", "beta", "gamma");
  static final int SLOTS = 4;

  private static final Cluster CLUSTER = Cluster.fresh();

  /** The cluster; it stands while tests run. */
  static Cluster get() {
    return CLUSTER;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(StandingCluster.class))
        .getOrComputeIfAbsent(StandingCluster.class, any -> start());
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    CLUSTER.handleTestExecutionException(context, failure);
  }

  private static CloseableResource start() {
    CLUSTER.prepare("StandingCluster");
    CLUSTER.coordinator();
    for (String name : WORKERS) {
      String zone = name.equals("alpha") ? "zone=north" : "zone=south";
      CLUSTER.startWorker(name, "--slots", Integer.toString(SLOTS), "--label", zone);
    }
    for (String name : WORKERS) {
      CLUSTER.awaitClient(name, "Online", Duration.ofSeconds(40));
    }
    return CLUSTER::close;
  }
}

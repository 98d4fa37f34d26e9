package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plugin sees what it needs, and nothing of the node's own affairs. */
class PluginEnvironmentTest {

  @Test
  void settingsTokensAndSecretsOfTheNodeStayOutside() {
    var node =
        Map.ofEntries(
            Map.entry("PATH", "/bin"),
            Map.entry("HOME", "/home/ada"),
            Map.entry("LC_ALL", "C.UTF-8"),
            Map.entry("SystemRoot", "C:\\Windows"),
            Map.entry("https_proxy", "http://proxy:3128"),
            Map.entry("HTTP_PROXY", "http://ada:secret@proxy:3128"),
            Map.entry("OCTOPUS_SERVER_TOKEN", "t"),
            Map.entry("OCTOPUS_CLIENT_NAME", "n"),
            Map.entry("AWS_SECRET_ACCESS_KEY", "k"),
            Map.entry("DB_PASSWORD", "p"),
            Map.entry("PYTHONSTARTUP", "x"));

    assertThat(PluginEnvironment.cleaned(node))
        .containsOnlyKeys("PATH", "HOME", "LC_ALL", "SystemRoot", "https_proxy");
  }

  @Test
  void contextIsInTheEnvironmentAndInTheModule() throws IOException {
    try (var bench = new Workbench()) {
      var call =
          bench.python(
              """
              import os
              import octopus
              def main():
                  return [vars(octopus.context),
                          {k: v for k, v in os.environ.items() if k.startswith("OCTOPUS_")}]
              """);

      var result = new ObjectMapper().readTree(call.completed().resultJson());

      var task = call.context.taskId();
      assertThat(result)
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      """
                      [{"task_id": "%1$s", "run_id": "run-1", "execution_id": "execution-1",
                        "attempt": 2, "fire_time": "2026-11-23T10:00:00Z", "client": "bench"},
                       {"OCTOPUS_TASK_ID": "%1$s", "OCTOPUS_RUN_ID": "run-1",
                        "OCTOPUS_EXECUTION_ID": "execution-1", "OCTOPUS_ATTEMPT": "2",
                        "OCTOPUS_FIRE_TIME": "2026-11-23T10:00:00Z", "OCTOPUS_CLIENT": "bench"}]
                      """
                          .formatted(task)));
    }
  }
}

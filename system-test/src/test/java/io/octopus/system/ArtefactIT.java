package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a plugin leaves in output/ can be downloaded. */
@ExtendWith(StandingCluster.class)
class ArtefactIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long TOO_LARGE = 65L * 1024 * 1024;

  private static final Cluster cluster = StandingCluster.get();

  @Test
  void filesInOutputAreKeptUpToTheirLimitAndDownloaded() {
    var task =
        cluster.api().create(TaskRequest.of("bulk").action("files").args(TOO_LARGE).by("alpha"));
    cluster.awaitTask(task, "Completed", SOON);
    var execution = cluster.api().onlyExecution(task);
    String files = "/executions/" + execution.id() + "/artefacts";

    var items = cluster.api().get(files).expect(200).json().path("items");
    var hello = cluster.api().get(files + "/hello.txt").expect(200);

    assertThat(items.findValuesAsText("name"))
        .containsExactlyInAnyOrder("empty", "hello.txt", "reports/2026/süm mary.bin");
    assertThat(hello.body()).isEqualTo("hello\n");
    assertThat(hello.header("Content-Disposition").orElseThrow()).startsWith("attachment;");
    var summary =
        cluster.api().unchecked("GET", files + "/" + encoded("reports/2026/süm mary.bin"));
    assertThat(summary.expect(200).header("Content-Length")).contains("1048576");
    assertThat(cluster.api().get("/executions/" + execution.id() + "/log").expect(200).body())
        .contains("Not kept of output/: too-large");
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a plugin says can be read while it runs. */
@ExtendWith(StandingCluster.class)
class LogIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final Cluster cluster = StandingCluster.get();

  @Test
  void outputArrivesWhileThePluginRunsAndIsCompleteAfterwards() throws IOException {
    Path goOn = cluster.folder().resolve("go-on");
    var task = cluster.api().create(TaskRequest.of("chatty").args(goOn.toString()).by("alpha"));
    var running = cluster.awaitExecution(task, "Running", SOON);

    Patience.within(SOON)
        .untilAsserted(
            () ->
                assertThat(log(running, "").body())
                    .contains("first line on stdout")
                    .contains("a line on stderr")
                    .contains("a warning by logging")
                    .doesNotContain("line 99"));
    Patience.within(SOON)
        .untilAsserted(
            () -> {
              var progress = cluster.api().execution(running.id()).json().path("progress");
              assertThat(progress.path("fraction").asDouble()).isEqualTo(0.5);
              assertThat(progress.path("message").asText()).isEqualTo("half way");
            });
    assertThat(cluster.api().execution(running.id()).status()).isEqualTo("Running");
    Files.createFile(goOn);
    cluster.awaitTask(task, "Completed", SOON);

    var whole = log(running, "");
    assertThat(whole.contentType()).startsWith("text/plain");
    var lines = whole.body().lines().filter(line -> line.contains("äöü")).toList();
    assertThat(lines).hasSize(100);
    assertThat(lines.get(0)).contains("line 0 ");
    assertThat(lines.get(99)).contains("line 99 ");
  }

  @Test
  void aLogIsReadPieceByPiece() throws IOException {
    Path goOn = Files.createFile(cluster.folder().resolve("at-once"));
    var task = cluster.api().create(TaskRequest.of("chatty").args(goOn.toString()).by("alpha"));
    cluster.awaitTask(task, "Completed", SOON);
    var execution = cluster.api().onlyExecution(task);
    String whole = log(execution, "").body();

    var pieces = new StringBuilder();
    String offset = "0";
    for (int piece = 0; piece < 1000 && pieces.length() < whole.length(); piece++) {
      var answer = log(execution, "?offset=" + offset + "&limit=500");
      pieces.append(answer.body());
      offset = answer.header("X-Next-Offset").orElseThrow();
    }

    assertThat(pieces.toString()).isEqualTo(whole);
  }

  private static Answer log(Execution execution, String query) {
    return cluster.api().get("/executions/" + execution.id() + "/log" + query).expect(200);
  }
}

package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plugin that prints 100 MB harms nobody (fault 18). */
@ExtendWith(StandingCluster.class)
class OutputFloodIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration FLOOD = Duration.ofSeconds(90);
  private static final int MEGABYTES = 100;

  private static final Cluster cluster = StandingCluster.get();

  @Test
  void ofAFloodTheBeginningAndTheEndAreKeptWhileOthersGoOn() {
    var flood =
        cluster
            .api()
            .create(TaskRequest.of("bulk").action("print_much").args(MEGABYTES).by("alpha"));
    var flooding = cluster.awaitExecution(flood, "Running", SOON);
    Patience.within(SOON).until(() -> log(flooding, 0).body().startsWith("00000000 ."));

    var other = cluster.api().create(TaskRequest.of("chatty").args("/").by("alpha"));
    cluster.awaitTask(other, "Completed", SOON);
    cluster.awaitTask(flood, "Completed", FLOOD);

    var lines = whole(flooding).lines().toList();
    int cut = indexOf(lines, "[octopus: the output is cut here, after 3072 KiB; ");
    int left = indexOf(lines, " bytes are left out here]");
    assertThat(lines.get(0)).startsWith("00000000 ");
    assertThat(lines.get(cut - 2)).startsWith("%08d ".formatted(cut - 2));
    assertThat(left).isGreaterThan(cut);
    assertThat(lines.get(lines.size() - 1)).startsWith("%08d ".formatted(MEGABYTES * 10_000 - 1));
    assertThat(lines.size() - left).isBetween(10_000, 10_500);
  }

  private static int indexOf(List<String> lines, String part) {
    var found = lines.stream().filter(line -> line.contains(part)).toList();
    assertThat(found).hasSize(1);
    return lines.indexOf(found.get(0));
  }

  private static String whole(Execution execution) {
    var text = new StringBuilder();
    long offset = 0;
    while (true) {
      var answer = log(execution, offset);
      if (answer.body().isEmpty()) {
        return text.toString();
      }
      text.append(answer.body());
      offset = Long.parseLong(answer.header("X-Next-Offset").orElseThrow());
    }
  }

  /** An empty piece has no body, which openapi.yaml cannot say. */
  private static Answer log(Execution execution, long offset) {
    return cluster
        .api()
        .unchecked("GET", "/executions/" + execution.id() + "/log?limit=1000000&offset=" + offset)
        .expect(200);
  }
}

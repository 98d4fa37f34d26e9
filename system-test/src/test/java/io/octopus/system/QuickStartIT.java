package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a stranger does in the first two minutes, with the product's own settings. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickStartIT {
  @RegisterExtension static final Cluster cluster = Cluster.fresh().asShipped();

  private static final String BODY =
      "{\"owner\":\"Anyone\",\"plugin\":\"create_incident\",\"action\":\"main\","
          + "\"args\":[\"P1\",\"Database connection failed\"],\"type\":\"Adhoc\"}";

  private static OctopusProcess up() {
    return Objects.requireNonNull(running);
  }

  private static @Nullable OctopusProcess running;

  @BeforeAll
  static void upStartsEverything() {
    running = cluster.up();
  }

  @Test
  @Order(1)
  void upSaysWhereTheDashboardIs() {
    assertThat(up().console()).contains("http://").contains(":" + cluster.port());
  }

  @Test
  @Order(2)
  void theCurlOfTheQuickStartCreatesATaskThatCompletes() throws Exception {
    String answer =
        run(
            "curl",
            "-s",
            "-i",
            "-X",
            "POST",
            "http://localhost:" + cluster.port() + "/tasks",
            "-H",
            "Content-Type: application/json",
            "-d",
            BODY);

    assertThat(answer).startsWith("HTTP/1.1 201").containsIgnoringCase("location: ");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    var task = new Task(Answer.JSON.readTree(body));
    cluster.awaitTask(task, "Completed", Duration.ofSeconds(30));
    var execution = cluster.api().onlyExecution(task);
    assertThat(execution.result().toString()).contains("P1").contains("Database connection failed");
  }

  @Test
  @Order(3)
  void aWarmTaskCompletesWithinASecond() throws Exception {
    Duration fastest = Duration.ofHours(1);
    for (int tries = 0; tries < 5; tries++) {
      Instant posted = Instant.now();
      var task =
          new Task(cluster.api().post("/tasks", Answer.JSON.readTree(BODY)).expect(201).json());
      Patience.within(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> cluster.api().task(task.id()).isFinished());
      Duration took = Duration.between(posted, Instant.now());
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    assertThat(fastest).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  @Order(4)
  void sqlite3ShowsTheTask() throws Exception {
    var file = cluster.database().file();

    assertThat(run("sqlite3", file.toString(), "SELECT status FROM tasks").lines())
        .isNotEmpty()
        .containsOnly("Completed");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  @Order(5)
  void theDashboardIsServedWithAStrictPolicy() {
    var page = cluster.api().unchecked("GET", "/").expect(200);

    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.body()).contains("Octopus");
    assertThat(page.header("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("'self'").doesNotContain("unsafe-eval"));
    assertThat(page.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  @Order(6)
  void theOneWorkerIsOnline() {
    assertThat(cluster.api().clients()).extracting(Client::status).containsExactly("Online");
  }

  @Test
  @Order(7)
  void controlCStopsBothCleanly() {
    up().interrupt();

    up().awaitExit(Duration.ofSeconds(10));
    assertThat(ProcessTable.mentioning(cluster.folder().toString())).isEmpty();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}

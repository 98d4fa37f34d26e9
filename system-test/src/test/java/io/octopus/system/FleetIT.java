package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How clients come, are seen and go. */
class FleetIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @RegisterExtension final Cluster cluster = Cluster.fresh();

  @Test
  void aWorkerMayStartFirstAndKeepsTrying() {
    var worker = cluster.startWorker("early");
    Patience.within(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(worker.console()).contains(cluster.seed()));

    cluster.coordinator();

    cluster.awaitClient("early", "Online", Duration.ofSeconds(30));
    var task = cluster.api().create(TaskRequest.of("hello").by("early"));
    cluster.awaitTask(task, "Completed", SOON);
  }

  @Test
  @Tag("slow")
  void aVanishedClientIsIdleThenOfflineAndOnlineWhenItIsBack() {
    cluster.with("OCTOPUS_CLIENT_OFFLINE_AFTER", "12s");
    cluster.coordinator();
    var worker = cluster.worker("alpha", "--slots", "3", "--label", "os=tests");
    var online = cluster.api().client("alpha").json();
    assertThat(online.path("slots").asInt()).isEqualTo(3);
    assertThat(online.path("labels").path("os").asText()).isEqualTo("tests");
    assertThat(online.path("last_seen").asText()).isNotBlank();

    worker.kill();

    cluster.awaitClient("alpha", "Idle", Duration.ofSeconds(10));
    assertThat(cluster.api().client("alpha").why()).isNotBlank();
    cluster.awaitClient("alpha", "Offline", Duration.ofSeconds(25));

    cluster.worker("alpha");
    cluster.awaitClient("alpha", "Online", SOON);
  }

  @Test
  void managementShowsTheMembersAndLetsNobodyChangeThem() throws Exception {
    cluster.coordinator();
    cluster.worker("alpha");

    assertThat(management("GET", "/cluster/members").body()).contains("\"Up\"");
    var member = "/cluster/members/" + cluster.seed();
    assertThat(management("DELETE", member).statusCode()).isBetween(400, 499);
    assertThat(cluster.api().isReady()).isTrue();
  }

  private HttpResponse<String> management(String method, String path)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + cluster.managementPort() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}

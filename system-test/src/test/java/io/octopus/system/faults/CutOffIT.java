package io.octopus.system.faults;

import static io.octopus.system.Patience.outage;
import static io.octopus.system.Requirement.needs;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.system.Cable;
import io.octopus.system.Cluster;
import io.octopus.system.Ledger;
import io.octopus.system.TaskRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker's network goes away while everything goes on running (faults 6 and 7). */
@Tag("slow")
class CutOffIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration LOST = Duration.ofSeconds(15);

  @RegisterExtension final Cluster cluster = Cluster.fresh();
  private Optional<Cable> laid = Optional.empty();

  @BeforeEach
  void alphaSitsAtTheFarEnd() {
    needs(Cable.canBeLaid(), "root on Linux and iproute2, to make a network of its own");
    var cable = Cable.lay();
    laid = Optional.of(cable);
    cluster.useCable(cable);
    cluster.coordinator();
    cluster.startWorker(cable, "alpha");
    cluster.awaitClient("alpha", "Online", Duration.ofSeconds(40));
  }

  @AfterEach
  void tidyUp() {
    laid.ifPresent(Cable::close);
  }

  @Test
  void aShortCutMovesNothing() {
    var ledger = cluster.ledger("short-cut");
    var anyone = cluster.api().create(TaskRequest.noted(ledger, 6).by("Anyone"));
    cluster.awaitStarts(ledger, 1, SOON);
    cluster.worker("beta");

    laid.orElseThrow().pull();
    outage(Duration.ofSeconds(4));
    laid.orElseThrow().putBack();

    cluster.awaitTask(anyone, "Completed", SOON);
    assertThat(ledger.starts()).extracting(Ledger.Entry::client).containsExactly("alpha");
    cluster.awaitClient("alpha", "Online", SOON);
  }

  @Test
  void aLongCutMovesAnyonesWorkFencesItAndDeliversNamedWorkAfterwards() {
    var moved = cluster.ledger("moved");
    var own = cluster.ledger("own");
    var anyone = cluster.api().create(TaskRequest.noted(moved, 30).by("Anyone"));
    var named = cluster.api().create(TaskRequest.noted(own, 20).by("alpha"));
    cluster.awaitStarts(moved, 1, SOON);
    cluster.awaitStarts(own, 1, SOON);
    cluster.worker("beta");

    laid.orElseThrow().pull();
    cluster.awaitStarts(moved, 2, LOST.plusSeconds(10));
    cluster.awaitTask(anyone, "Completed", Duration.ofSeconds(45));
    assertThat(own.ends()).as("named work goes on").hasSize(1);
    assertThat(cluster.api().onlyExecution(named).isFinal()).isFalse();
    laid.orElseThrow().putBack();

    cluster.awaitClient("alpha", "Online", Duration.ofSeconds(60));
    cluster.awaitTask(named, "Completed", SOON);
    assertThat(moved.ends())
        .as("alpha ended its attempt before it was done")
        .extracting(Ledger.Entry::client)
        .containsExactly("beta");
    assertThat(own.starts()).hasSize(1);
    assertThat(cluster.api().onlyExecution(named).attempt()).isEqualTo(1);
  }
}

package io.octopus.worker.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactWatchTest {

  private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ManualTime time = ManualTime.get(KIT.system());
  private volatile Duration clock = Duration.ofSeconds(50);
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Contact.Seeds seeds = Contact.Seeds.SILENT;
  private final TestProbe<LinkEvent.OutOfTouch> worker = KIT.createTestProbe();
  private ActorRef<ContactWatch.Command> watch;

  @BeforeEach
  void start() {
    watch = KIT.spawn(ContactWatch.create(this::look, () -> seeds, Runnable::run, worker.ref()));
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void beforeAnyCoordinatorStatedItsTermsThereIsNothingToEnd() {
    pass(100);

    worker.expectNoMessage(Duration.ZERO);
  }

  @Test
  void silenceIsNoticed() {
    terms();
    pass(7);
    worker.expectNoMessage(Duration.ZERO);

    pass(1);

    worker.expectMessage(SOON, new LinkEvent.OutOfTouch(Duration.ofSeconds(8)));
  }

  @Test
  void aCoordinatorThatIsAwayGivesNothingToOthers() {
    terms();
    seeds = Contact.Seeds.ALL_REFUSED;

    pass(120);

    worker.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aPauseOfFiveSecondsEndsNothing() {
    terms();
    clock = clock.plusSeconds(5);
    heard();
    pass(1);

    worker.expectNoMessage(Duration.ZERO);
  }

  @Test
  void afterAPauseOfAMinuteMovableWorkEndsBeforeTheNewsThatWaitedAreHeard() {
    terms();
    clock = clock.plusSeconds(60);

    heard();

    worker.expectMessage(SOON, new LinkEvent.OutOfTouch(Duration.ofSeconds(60)));
  }

  @Test
  void aPortThatNobodyListensOnRefusesAndOneWithAListenerAnswers() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(new SeedProbe(List.of("127.0.0.1:" + port)).probe())
          .isEqualTo(Contact.Seeds.SOME_ANSWERED);
    }
    assertThat(new SeedProbe(List.of("127.0.0.1:" + port)).probe())
        .isEqualTo(Contact.Seeds.ALL_REFUSED);
    assertThat(new SeedProbe(List.of("127.0.0.1:" + port, "no-such-host.invalid:1")).probe())
        .isEqualTo(Contact.Seeds.SILENT);
  }

  /** The watch has taken a message when it has looked at the clock: only then may time go on. */
  private Duration look() {
    var now = clock;
    looks.incrementAndGet();
    return now;
  }

  private void taken(Runnable cause) {
    var before = looks.get();
    cause.run();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(SOON)
        .until(() -> looks.get() > before);
  }

  private void terms() {
    taken(() -> watch.tell(new ContactWatch.Terms(Duration.ofSeconds(5), Duration.ofSeconds(30))));
  }

  private void heard() {
    taken(() -> watch.tell(new ContactWatch.Heard()));
  }

  private void pass(int seconds) {
    for (var second = 0; second < seconds; second++) {
      clock = clock.plusSeconds(1);
      taken(() -> time.timePasses(Duration.ofSeconds(1)));
    }
  }
}

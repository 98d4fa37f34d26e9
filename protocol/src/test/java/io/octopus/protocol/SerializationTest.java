package io.octopus.protocol;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.SerializationTestKit;
import com.typesafe.config.ConfigFactory;
import io.octopus.protocol.work.ActionCall;
import io.octopus.protocol.work.AttemptError;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.OutputChunk;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.StoredResult;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.protocol.work.WorkerProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of message survives the wire as it is. */
class SerializationTest {

  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  akka.actor.allow-java-serialization = off
                  akka.actor.serialization-bindings {
                    "io.octopus.protocol.CborSerializable" = jackson-cbor
                  }
                  """)
              .withFallback(ConfigFactory.load()));

  private static final AttemptId ATTEMPT = new AttemptId(new TaskId("t1").run(1).execution(2), 3);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901234Z");

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  static List<CborSerializable> messages() {
    var link = TEST_KIT.<WorkerProtocol.ToWorker>createTestProbe().ref();
    var worker = new WorkerName("Desk-1");
    var incarnation = new Incarnation("i1");
    return List.of(
        new WorkerProtocol.Register(
            worker,
            incarnation,
            new WorkerCapabilities("h", "Linux", "0.1", 4, Map.of("os", "linux"), 2, 1L, ""),
            List.of(ATTEMPT),
            List.of(),
            link),
        report(new AttemptOutcome.Completed("{\"a\":1}", null)),
        report(
            new AttemptOutcome.Failed(
                "exception", new AttemptError("ValueError", "bad", "Traceback"), "null")),
        report(new AttemptOutcome.Completed("null", null, new StoredResult("ab", 5_000_000))),
        report(new AttemptOutcome.TimedOut("after 3 s")),
        report(new AttemptOutcome.Cancelled("api")),
        report(new AttemptOutcome.Lost("gone")),
        new WorkerProtocol.Report(List.of(report(new AttemptOutcome.Lost("gone"))), link),
        new WorkerProtocol.StoreOutput(
            ATTEMPT, List.of(new OutputChunk(0, "log", "INFO", NOW, "é\n")), link),
        new WorkerProtocol.StoreFile(
            ATTEMPT,
            new AttemptFile(AttemptFile.Kind.ARTEFACT, "a/b c.bin", 3, "ab"),
            0,
            "AAEC",
            link),
        new WorkerProtocol.FileStored(ATTEMPT, new StoredResult("ab", 7).file(), 7),
        new WorkerProtocol.Start(
            new StartOrder(
                ATTEMPT,
                new ActionCall(
                    new PluginRef("hello", "hello.py", "1.0", "ab"),
                    "main",
                    "[1]",
                    "{}",
                    Duration.ofSeconds(3)),
                NOW,
                true)),
        new WorkerProtocol.Admitted(Duration.ofSeconds(5), Duration.ofSeconds(30)),
        new WorkerProtocol.Acknowledge(List.of(ATTEMPT)),
        new WorkerProtocol.Goodbye(),
        new WorkerProtocol.StartAnswer(worker, incarnation, ATTEMPT, false, "no free slot", 0));
  }

  private static AttemptReport report(AttemptOutcome outcome) {
    return new AttemptReport(ATTEMPT, outcome, NOW, NOW.plusMillis(5));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void surviveTheWire(CborSerializable message) {
    new SerializationTestKit(TEST_KIT.system()).verifySerialization(message, true);
  }
}

package io.octopus.worker.link;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import io.octopus.config.Settings;
import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.PluginRef;
import io.octopus.protocol.work.ActionCall;
import io.octopus.protocol.work.AttemptError;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.StoredResult;
import io.octopus.protocol.work.WorkerProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Artery drops what exceeds its frame of 2 MiB and tells nobody: nothing comes near it. */
class MessageSizeTest {

  private static final int MIB = 1024 * 1024;
  private static final int LONGEST_TEXT = 64 * 1024;

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.cluster.seed-nodes = []")
              .withFallback(Settings.defaults().with("octopus.cluster.port", 0).worker().akka()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aStartWithAsManyArgumentsAsARequestMayHaveFits() {
    var order =
        new StartOrder(
            Reports.attempt(1),
            new ActionCall(
                new PluginRef("hello", "hello.py", "1.0", "ab"),
                "main",
                "[\"" + "\\\"".repeat(MIB / 4) + "\"]",
                "{\"a\":\"" + "é".repeat(MIB / 4) + "\"}",
                Duration.ofSeconds(3)),
            Instant.EPOCH,
            true);

    assertThat(bytes(new WorkerProtocol.Start(order))).isLessThan(3 * MIB / 2);
  }

  @Test
  void theLargestReportFitsAndItsSizeIsKnown() {
    var report =
        new AttemptReport(
            Reports.attempt(1),
            new AttemptOutcome.Failed(
                "exception",
                new AttemptError("ValueError", "€".repeat(LONGEST_TEXT), "€".repeat(LONGEST_TEXT)),
                "x".repeat(StoredResult.LARGEST_WITHIN_A_REPORT)),
            Instant.EPOCH,
            Instant.EPOCH);

    assertThat(bytes(report)).isLessThan(MIB);
    assertThat(report.bytesInMessage()).isCloseTo(bytes(report), Offset.offset(1024));
  }

  @Test
  void aPieceOfAFileFits() {
    var piece =
        new WorkerProtocol.StoreFile(
            Reports.attempt(1),
            new StoredResult("ab".repeat(32), 8 * MIB).file(),
            0,
            Base64.getEncoder().encodeToString(new byte[WorkerProtocol.FILE_PIECE]),
            KIT.<WorkerProtocol.ToWorker>createTestProbe().ref());

    assertThat(bytes(piece)).isLessThan(MIB / 4);
  }

  private static int bytes(CborSerializable message) {
    return SerializationExtension.get(KIT.system()).serialize(message).get().length;
  }
}

package io.octopus.worker.link;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptReport;
import java.time.Instant;

/** Attempts and their reports, as tests need them. */
final class Reports {

  private Reports() {}

  static AttemptId attempt(int number) {
    return new AttemptId(new TaskId("task").run(number).execution(1), 1);
  }

  static AttemptReport report(int number) {
    return report(number, "{\"n\":" + number + "}");
  }

  static AttemptReport report(int number, String result) {
    return new AttemptReport(
        attempt(number),
        new AttemptOutcome.Completed(result, null),
        Instant.EPOCH,
        Instant.EPOCH.plusMillis(1));
  }
}

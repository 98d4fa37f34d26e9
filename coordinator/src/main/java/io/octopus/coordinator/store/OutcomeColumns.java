package io.octopus.coordinator.store;

import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptOutcome.Cancelled;
import io.octopus.protocol.work.AttemptOutcome.Completed;
import io.octopus.protocol.work.AttemptOutcome.Failed;
import io.octopus.protocol.work.AttemptOutcome.Lost;
import io.octopus.protocol.work.AttemptOutcome.TimedOut;
import org.jspecify.annotations.Nullable;

/** What an attempt's outcome says in an execution's row. */
record OutcomeColumns(@Nullable String result, @Nullable String message, @Nullable String error) {

  static OutcomeColumns of(AttemptOutcome outcome) {
    if (outcome instanceof Completed completed) {
      return new OutcomeColumns(completed.result(), completed.message(), null);
    }
    if (outcome instanceof Failed failed) {
      return new OutcomeColumns(
          failed.result(), failed.error().message(), JsonText.error(failed.error()));
    }
    if (outcome instanceof TimedOut timedOut) {
      return new OutcomeColumns(null, timedOut.message(), null);
    }
    if (outcome instanceof Cancelled cancelled) {
      return new OutcomeColumns(null, "cancelled by " + cancelled.by(), null);
    }
    if (outcome instanceof Lost lost) {
      return new OutcomeColumns(null, lost.message(), null);
    }
    throw new IllegalStateException("no column knows the outcome " + outcome.getClass().getName());
  }
}

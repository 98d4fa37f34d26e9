package io.octopus.coordinator.store;

import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.AttemptOutcome.Cancelled;
import io.octopus.protocol.work.AttemptOutcome.Completed;
import io.octopus.protocol.work.AttemptOutcome.Failed;
import io.octopus.protocol.work.AttemptOutcome.Lost;
import io.octopus.protocol.work.AttemptOutcome.TimedOut;
import io.octopus.protocol.work.StoredResult;
import org.jspecify.annotations.Nullable;

/** What an attempt's outcome says in an execution's row. */
record OutcomeColumns(
    @Nullable String result,
    @Nullable Long resultSize,
    @Nullable String message,
    @Nullable String error) {

  static OutcomeColumns of(AttemptOutcome outcome) {
    if (outcome instanceof Completed completed) {
      return new OutcomeColumns(
          completed.stored() == null ? completed.result() : null,
          size(completed.stored()),
          completed.message(),
          null);
    }
    if (outcome instanceof Failed failed) {
      return new OutcomeColumns(
          failed.stored() == null ? failed.result() : null,
          size(failed.stored()),
          failed.error().message(),
          JsonText.error(failed.error()));
    }
    if (outcome instanceof TimedOut timedOut) {
      return new OutcomeColumns(null, null, timedOut.message(), null);
    }
    if (outcome instanceof Cancelled cancelled) {
      return new OutcomeColumns(null, null, "cancelled by " + cancelled.by(), null);
    }
    if (outcome instanceof Lost lost) {
      return new OutcomeColumns(null, null, lost.message(), null);
    }
    throw new IllegalStateException("no column knows the outcome " + outcome.getClass().getName());
  }

  private static @Nullable Long size(@Nullable StoredResult stored) {
    return stored == null ? null : stored.size();
  }
}

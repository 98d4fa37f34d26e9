package io.octopus.protocol.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.octopus.protocol.CborSerializable;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. A small closed set: whoever branches on it handles all five. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ended")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AttemptOutcome.Completed.class, name = "Completed"),
  @JsonSubTypes.Type(value = AttemptOutcome.Failed.class, name = "Failed"),
  @JsonSubTypes.Type(value = AttemptOutcome.TimedOut.class, name = "TimedOut"),
  @JsonSubTypes.Type(value = AttemptOutcome.Cancelled.class, name = "Cancelled"),
  @JsonSubTypes.Type(value = AttemptOutcome.Lost.class, name = "Lost")
})
public sealed interface AttemptOutcome extends CborSerializable {

  /**
   * The action did its work.
   *
   * @param result the JSON that the plugin returned, as text; {@code null} is the text "null"
   * @param message what the plugin said of it, if anything
   */
  record Completed(String result, @Nullable String message) implements AttemptOutcome {}

  /**
   * The action ran and failed, or could not be run on this worker.
   *
   * @param reason one of the contract's codes, such as {@code exception} or {@code exit_code}
   * @param result what the plugin returned all the same, as JSON text; "null" if nothing
   */
  record Failed(String reason, AttemptError error, String result) implements AttemptOutcome {}

  /** The attempt reached its time limit; its process tree was ended. */
  record TimedOut(String message) implements AttemptOutcome {}

  /** Someone asked for the attempt to stop; its process tree was ended. */
  record Cancelled(String by) implements AttemptOutcome {}

  /** Its worker vanished before reporting, or gave the attempt up. */
  record Lost(String message) implements AttemptOutcome {}
}

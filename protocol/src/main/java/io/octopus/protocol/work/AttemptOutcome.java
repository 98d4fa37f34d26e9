package io.octopus.protocol.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.octopus.protocol.CborSerializable;
import java.util.Optional;
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
   * @param stored the result, if it is too large to be here: then {@code result} is "null"
   */
  record Completed(
      String result,
      @Nullable String message,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StoredResult stored)
      implements AttemptOutcome {

    /** With a result that fits. */
    public Completed(String result, @Nullable String message) {
      this(result, message, null);
    }
  }

  /**
   * The action ran and failed, or could not be run on this worker.
   *
   * @param reason one of the contract's codes, such as {@code exception} or {@code exit_code}
   * @param result what the plugin returned all the same, as JSON text; "null" if nothing
   * @param stored the result, if it is too large to be here: then {@code result} is "null"
   */
  record Failed(
      String reason,
      AttemptError error,
      String result,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StoredResult stored)
      implements AttemptOutcome {

    /** With a result that fits. */
    public Failed(String reason, AttemptError error, String result) {
      this(reason, error, result, null);
    }
  }

  /** The result that travels beside this, if there is one. */
  default Optional<StoredResult> storedResult() {
    // Java 17 has no pattern switch
    if (this instanceof Completed completed) {
      return Optional.ofNullable(completed.stored());
    }
    return this instanceof Failed failed ? Optional.ofNullable(failed.stored()) : Optional.empty();
  }

  /** The attempt reached its time limit; its process tree was ended. */
  record TimedOut(String message) implements AttemptOutcome {}

  /** Someone asked for the attempt to stop; its process tree was ended. */
  record Cancelled(String by) implements AttemptOutcome {}

  /** Its worker vanished before reporting, or gave the attempt up. */
  record Lost(String message) implements AttemptOutcome {}
}

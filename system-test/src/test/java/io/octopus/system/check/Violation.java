package io.octopus.system.check;

/** A promise that was broken, and how one can tell. */
public record Violation(Kind kind, String evidence) {

  /** The promises that are checked. */
  public enum Kind {
    /** A task that got 201 is not there. */
    TASK_LOST,
    /** A task that was deleted is there. */
    TASK_BACK,
    /** One request made two tasks. */
    TASK_DOUBLED,
    /** Something was not final when everything had healed and settled. */
    NOT_SETTLED,
    /** The history of a task does not tell what users changed, each change once and in order. */
    HISTORY_WRONG,
    /** A record is for a time that is not a nominal time. */
    OFF_TIME,
    /** Two records account for one nominal time. */
    FIRED_TWICE,
    /** No record accounts for a nominal time. */
    FIRING_MISSING,
    /** A record of skipped firings counts wrongly. */
    SKIPS_MISCOUNTED,
    /** A schedule did not fire again after everything had healed. */
    STOPPED_FIRING,
    /** A firing before its nominal time. */
    FIRED_EARLY,
    /** A firing did about an earlier one what its policy forbids. */
    OVERLAPPED,
    /** A missed time was fired though a later one was to catch up for it, or beside another run. */
    CAUGHT_UP_WRONG,
    /** It was tried again after a loss, or after so many failures, as its policy forbids. */
    TRIED_TOO_OFTEN,
    /** A target of a run has no execution or two, or an execution is for no target. */
    FAN_OUT_WRONG,
    /** An attempt was started twice. */
    STARTED_TWICE,
    /** Something was started that was not granted to that client. */
    STARTED_WITHOUT_GRANT,
    /** The attempts are not numbered from 1 without a gap. */
    ATTEMPTS_NOT_CONTIGUOUS,
    /** The next attempt was granted while the one before had not ended. */
    TWO_ATTEMPTS_AT_ONCE,
    /** A completed execution has not exactly one accepted result, that of its last attempt. */
    RESULT_WRONG
  }
}

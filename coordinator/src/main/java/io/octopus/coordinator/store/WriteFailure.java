package io.octopus.coordinator.store;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** Tells a write that failed for what was written from one that failed for the database's state. */
final class WriteFailure {

  /** SQLite's result codes for an error in a statement or its values. */
  private static final Set<Integer> SQLITE_ROW_FAULTS = Set.of(1, 18, 19, 20, 25);

  /** SQL's classes for the same: wrong data, constraint, syntax or access rule. */
  private static final Set<String> SQLSTATE_ROW_FAULTS = Set.of("22", "23", "42");

  private WriteFailure() {}

  /**
   * Whether other rows of the same batch might be written. A database that is locked, full or away
   * fails them all, one after the other.
   */
  static boolean isOfTheRows(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return isOfTheRows(sql);
      }
    }
    return !(failure instanceof RejectedExecutionException) && !(failure instanceof Error);
  }

  private static boolean isOfTheRows(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null || state.length() < 2) {
      return SQLITE_ROW_FAULTS.contains(failure.getErrorCode() & 0xff);
    }
    return SQLSTATE_ROW_FAULTS.contains(state.substring(0, 2));
  }
}

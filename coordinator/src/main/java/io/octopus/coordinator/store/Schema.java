package io.octopus.coordinator.store;

/** Creates the databases and brings them to this version's tables, before anything opens them. */
@SuppressWarnings("DoNotCallSuggester")
public final class Schema {

  private Schema() {}

  /** Makes folder and files readable for this user only, and migrates them. */
  public static void prepare(DataFolder data) {
    throw new UnsupportedOperationException("not built yet: " + data);
  }
}

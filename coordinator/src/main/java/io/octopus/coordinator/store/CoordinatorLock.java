package io.octopus.coordinator.store;

/** Keeps a second coordinator off the same data folder, for as long as this process lives. */
@SuppressWarnings("DoNotCallSuggester")
public final class CoordinatorLock implements AutoCloseable {

  private CoordinatorLock() {}

  /**
   * Takes the folder.
   *
   * @throws DataFolderInUse when another coordinator has it
   */
  public static CoordinatorLock take(DataFolder data) {
    throw new UnsupportedOperationException("not built yet: " + data);
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("not built yet");
  }
}

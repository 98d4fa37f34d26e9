package io.octopus.coordinator.store;

/** Another coordinator works on this data folder: this one must not start. */
public final class DataFolderInUse extends IllegalStateException {
  DataFolderInUse(DataFolder data) {
    super(
        "another coordinator is running on the data folder "
            + data.path().toAbsolutePath()
            + ". SQLite means exactly one coordinator: stop the other one, or give this one a"
            + " folder of its own with --data");
  }
}

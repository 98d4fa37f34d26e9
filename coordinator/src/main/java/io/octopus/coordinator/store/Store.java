package io.octopus.coordinator.store;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/** The databases of a running coordinator, open; the journal has connections of its own. */
@SuppressWarnings("DoNotCallSuggester")
public final class Store implements AutoCloseable {

  private Store() {}

  /**
   * Opens the databases that {@link Schema} has prepared.
   *
   * @param blocking where reads run
   */
  public static Store open(DataFolder data, Executor blocking, InstantSource clock) {
    throw new UnsupportedOperationException("not built yet: " + data + blocking + clock);
  }

  public ReadModel readModel() {
    throw new UnsupportedOperationException("not built yet");
  }

  public UnfinishedWork unfinishedWork() {
    throw new UnsupportedOperationException("not built yet");
  }

  public ClientStore clients() {
    throw new UnsupportedOperationException("not built yet");
  }

  public PendingReasons pendingReasons() {
    throw new UnsupportedOperationException("not built yet");
  }

  public ProgressRows progress() {
    throw new UnsupportedOperationException("not built yet");
  }

  public PluginRows plugins() {
    throw new UnsupportedOperationException("not built yet");
  }

  public OutputStore output() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Ends when what was asked before is done. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("not built yet");
  }
}

package io.octopus.coordinator.store;

import akka.serialization.Serialization;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** The databases of a running coordinator, open; the journal has connections of its own. */
public final class Store implements AutoCloseable {

  private final ReadPool reads;
  private final ReadPool outputReads;
  private final SideWriter writer;
  private final SideWriter durableWriter;
  private final SideWriter outputWriter;
  private final OutputNews outputNews = new OutputNews();
  private final InstantSource clock;

  private Store(DataFolder data, Executor blocking, InstantSource clock) {
    this.reads = new ReadPool(data.database(), 4, blocking);
    this.outputReads = new ReadPool(data.outputDatabase(), 2, blocking);
    this.writer = new SideWriter("side-writes", Sqlite.quick(data.database()));
    this.durableWriter = new SideWriter("plugin-writes", Sqlite.durable(data.database()));
    this.outputWriter = new SideWriter("output-writes", Sqlite.quick(data.outputDatabase()));
    this.clock = clock;
  }

  /**
   * Opens the databases that {@link Schema} has prepared.
   *
   * @param blocking where reads run
   */
  public static Store open(DataFolder data, Executor blocking, InstantSource clock) {
    return new Store(data, blocking, clock);
  }

  public ReadModel readModel() {
    return new ReadModel(reads, clock);
  }

  public UnfinishedWork unfinishedWork() {
    return new UnfinishedWork(reads);
  }

  /** What happened to tasks; events are read with this. */
  public TaskHistory history(Serialization serialization) {
    return new TaskHistory(reads, serialization);
  }

  public AuditTrail audit() {
    return new AuditTrail(durableWriter, clock);
  }

  public Retention retention() {
    return new Retention(reads, writer, List.of(output(), results()), clock);
  }

  public AlarmRows alarms() {
    return new AlarmRows(reads);
  }

  public ClientStore clients() {
    return new ClientStore(reads, writer);
  }

  public PendingReasons pendingReasons() {
    return new PendingReasons(writer);
  }

  public ProgressRows progress() {
    return new ProgressRows(writer);
  }

  public PluginRows plugins() {
    return new PluginRows(reads, durableWriter);
  }

  public ResultStore results() {
    return new ResultStore(reads, writer, durableWriter);
  }

  public OutputStore output() {
    return new OutputStore(outputReads, outputWriter, OutputStore.MAX_BYTES, outputNews);
  }

  public ArtefactStore artefacts() {
    return new ArtefactStore(outputReads, outputWriter);
  }

  /** Ends when what was asked before is done. */
  @Override
  public void close() {
    outputWriter.close();
    durableWriter.close();
    writer.close();
    outputReads.close();
    reads.close();
  }
}

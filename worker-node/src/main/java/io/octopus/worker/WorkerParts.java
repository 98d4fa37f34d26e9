package io.octopus.worker;

import io.octopus.plugin.run.PluginRunner;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.worker.execution.OutputFolder;
import io.octopus.worker.link.MonotonicClock;
import io.octopus.worker.link.SeedProbe;
import io.octopus.worker.link.SpoolFiles;
import io.octopus.worker.link.WorkerIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** What a worker is made of, ready to be wired. */
record WorkerParts(
    WorkerIdentity identity,
    WorkerCapabilities capabilities,
    PluginRunner runner,
    SpoolFiles spool,
    OutputFolder outputs,
    Path pluginFolder,
    ClusterSystems systems,
    SeedProbe seeds,
    Duration stopGrace,
    long maxResultBytes,
    InstantSource clock,
    MonotonicClock monotonic) {

  static final long MAX_OUTPUT_BYTES = 4L * 1024 * 1024;

  /**
   * A report travels in one message, and Artery drops messages above its frame of 2 MiB without a
   * word; larger results would have to be pulled in chunks.
   */
  static final long MAX_RESULT_BYTES = 1024L * 1024;
}

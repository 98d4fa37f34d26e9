package io.octopus.worker;

import io.octopus.config.ResultSettings;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.protocol.work.WorkerCapabilities;
import io.octopus.worker.execution.FileFolder;
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
    FileFolder files,
    Path pluginFolder,
    ClusterSystems systems,
    SeedProbe seeds,
    Duration stopGrace,
    ResultSettings limits,
    InstantSource clock,
    MonotonicClock monotonic) {}

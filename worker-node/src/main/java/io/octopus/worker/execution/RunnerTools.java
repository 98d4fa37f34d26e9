package io.octopus.worker.execution;

import akka.actor.typed.ActorRef;
import io.octopus.config.ResultSettings;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.link.Uplink;
import io.octopus.worker.plugin.PluginCache;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What every attempt on this worker is run with.
 *
 * @param blocking where large results are written to the disk
 * @param client this worker's name, as plugins see it
 * @param limits what an attempt may leave behind
 */
public record RunnerTools(
    PluginRunner plugins,
    ActorRef<PluginCache.Command> cache,
    ActorRef<Delivery.Command> delivery,
    ActorRef<OutputStreamer.Command> streamer,
    ActorRef<FileSender.Command> sender,
    ActorRef<Uplink.Command> uplink,
    OutputFolder outputs,
    FileFolder files,
    Executor blocking,
    InstantSource clock,
    String client,
    ResultSettings limits) {}

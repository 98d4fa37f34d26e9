package io.octopus.worker.execution;

import akka.actor.typed.ActorRef;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.worker.link.Delivery;
import io.octopus.worker.link.Uplink;
import io.octopus.worker.plugin.PluginCache;
import java.time.InstantSource;

/**
 * What every attempt on this worker is run with.
 *
 * @param client this worker's name, as plugins see it
 * @param maxResultBytes a larger result fails its attempt
 * @param maxOutputBytes further output is dropped
 */
public record RunnerTools(
    PluginRunner plugins,
    ActorRef<PluginCache.Command> cache,
    ActorRef<Delivery.Command> delivery,
    ActorRef<OutputStreamer.Command> streamer,
    ActorRef<Uplink.Command> uplink,
    OutputFolder outputs,
    InstantSource clock,
    String client,
    long maxResultBytes,
    long maxOutputBytes) {}

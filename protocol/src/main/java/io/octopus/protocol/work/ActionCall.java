package io.octopus.protocol.work;

import io.octopus.protocol.PluginRef;
import java.time.Duration;

/**
 * What to call: an action of one exact plugin content with its arguments.
 *
 * @param args a JSON array, as text
 * @param kwargs a JSON object, as text
 * @param timeout wall-clock limit of one attempt
 */
public record ActionCall(
    PluginRef plugin, String action, String args, String kwargs, Duration timeout) {}

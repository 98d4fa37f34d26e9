package io.octopus.config;

import java.time.Duration;
import java.util.List;

/**
 * This node's address in the cluster, the coordinators it joins ({@code host:port}) and how long it
 * waits for lost nodes. No seed nodes: the node forms a cluster by joining itself.
 */
public record ClusterSettings(
    String host,
    int port,
    List<String> seedNodes,
    Duration stableAfter,
    Duration recoveryGrace,
    boolean insecure) {}

package io.octopus.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything a worker is told, with the finished configuration of its actor system and the warnings
 * it logs at the start.
 */
public record WorkerSettings(
    ClusterSettings cluster,
    ClientSettings client,
    ResultSettings result,
    Path dataDirectory,
    String logLevel,
    Config akka,
    List<String> warnings) {}

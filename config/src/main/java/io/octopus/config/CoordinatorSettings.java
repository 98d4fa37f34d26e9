package io.octopus.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * Everything a coordinator is told, with the finished configuration of its actor system and the
 * warnings it logs at the start.
 */
public record CoordinatorSettings(
    ServerSettings server,
    ClusterSettings cluster,
    TaskSettings task,
    ManagementSettings management,
    StoreSettings store,
    PluginSettings plugins,
    HistorySettings history,
    ResultSettings result,
    Duration clientOfflineAfter,
    String python,
    String logLevel,
    Config akka,
    List<String> warnings) {}

package io.octopus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A task as the command line says it, over a task file when one is named. */
final class TaskDefinition {
  @Parameters(index = "0", arity = "0..1", paramLabel = "PLUGIN", description = "The plugin.")
  private @Nullable String plugin;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "Default: main.")
  private @Nullable String action;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A task as JSON; flags go over its fields.")
  private @Nullable Path file;

  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      description = "ALL, Anyone or a client's name; default: Anyone.")
  private @Nullable String owner;

  @Mixin private ActionArguments arguments = new ActionArguments();

  @Option(names = "--name", paramLabel = "NAME", description = "Default: plugin.action.")
  private @Nullable String name;

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
  private @Nullable String description;

  @Option(names = "--type", paramLabel = "TYPE", description = "Adhoc, Scheduled or Interval.")
  private @Nullable String type;

  @Option(
      names = "--cron",
      paramLabel = "CRON",
      description = "When, for Scheduled: \"30 2 * * MON-FRI\", @daily.")
  private @Nullable String cron;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "Of --cron and of times without an offset; default: the coordinator's.")
  private @Nullable String timeZone;

  @Option(names = "--interval", paramLabel = "DURATION", description = "How often, for Interval.")
  private @Nullable String interval;

  @Option(
      names = "--interval-mode",
      paramLabel = "MODE",
      description = "fixed_rate (default) or fixed_delay, from the end of a run.")
  private @Nullable String intervalMode;

  @Option(
      names = "--overlap",
      paramLabel = "POLICY",
      description = "For clients still busy with it: skip, queue_one, allow, cancel_previous.")
  private @Nullable String overlap;

  @Option(
      names = "--misfire",
      paramLabel = "POLICY",
      description = "For missed times: fire_once, skip, fire_all.")
  private @Nullable String misfire;

  @Option(
      names = "--expires-after",
      paramLabel = "DURATION",
      description = "How long an execution may wait.")
  private @Nullable String expiresAfter;

  @Option(
      names = "--max-concurrent-runs",
      paramLabel = "N",
      description = "How many runs may be unfinished at once.")
  private @Nullable Integer maxConcurrentRuns;

  @Option(names = "--start", paramLabel = "TIME", description = "Not before this time (ISO-8601).")
  private @Nullable String start;

  @Option(names = "--end", paramLabel = "TIME", description = "Not after this time (ISO-8601).")
  private @Nullable String end;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "Limit of one attempt.")
  private @Nullable String timeout;

  @Option(names = "--max-attempts", paramLabel = "N", description = "Attempts when it fails.")
  private @Nullable Integer maxAttempts;

  @Option(names = "--retry-delay", paramLabel = "DURATION", description = "Before attempt 2.")
  private @Nullable String retryDelay;

  @Option(
      names = "--no-retry-on-lost",
      description = "No further attempt when a client vanished: at most one start.")
  private boolean noRetryOnLost;

  @Option(
      names = "--label",
      paramLabel = "K=V",
      description = "Only clients with this label; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  ObjectNode json() {
    ObjectNode task = file == null ? JsonNodeFactory.instance.objectNode() : read(file);
    put(task, "plugin", plugin);
    put(task, "action", action);
    put(task, "owner", owner);
    put(task, "name", name);
    put(task, "description", description);
    put(task, "type", type != null ? type : derivedType(task));
    put(task, "cron", cron);
    put(task, "time_zone", timeZone);
    put(task, "interval", interval);
    put(task, "interval_mode", intervalMode);
    put(task, "execution_start_time", start);
    put(task, "execution_end_time", end);
    put(task, "overlap", overlap);
    put(task, "misfire", misfire);
    put(task, "expires_after", expiresAfter);
    if (maxConcurrentRuns != null) {
      task.put("max_concurrent_runs", maxConcurrentRuns);
    }
    put(task, "timeout", timeout);
    if (maxAttempts != null) {
      task.withObject("/retry").put("max_attempts", maxAttempts);
    }
    if (retryDelay != null) {
      task.withObject("/retry").put("delay", retryDelay);
    }
    if (noRetryOnLost) {
      task.withObject("/retry").put("on_lost", false);
    }
    if (!labels.isEmpty()) {
      labels.forEach(task.putObject("labels")::put);
    }
    if (!task.has("owner")) {
      task.put("owner", "Anyone");
    }
    if (!task.has("plugin")) {
      throw ApiFailure.usage("a task needs a PLUGIN, or a --file that names one");
    }
    return arguments.putInto(task);
  }

  private @Nullable String derivedType(ObjectNode task) {
    if (task.has("type")) {
      return null;
    }
    if (cron != null) {
      return "Scheduled";
    }
    return interval == null ? null : "Interval";
  }

  private static void put(ObjectNode task, String field, @Nullable String value) {
    if (value != null) {
      task.put(field, value);
    }
  }

  private static ObjectNode read(Path file) {
    try {
      JsonNode task = ApiClient.JSON.readTree(Files.readAllBytes(file));
      if (task instanceof ObjectNode object) {
        return object;
      }
      throw ApiFailure.usage(file + " is not a JSON object");
    } catch (JsonProcessingException e) {
      throw ApiFailure.usage(file + " is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ApiFailure.usage(file + " cannot be read: " + e.getMessage());
    }
  }
}

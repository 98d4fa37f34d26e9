package io.octopus.coordinator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.RetryPolicy;
import io.octopus.coordinator.task.Schedule;
import io.octopus.coordinator.task.TaskDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a task's definition of a request's body, or says everything that is wrong with it. */
final class TaskRequest {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "description",
          "owner",
          "plugin",
          "action",
          "args",
          "kwargs",
          "timeout",
          "retry",
          "expires_after",
          "labels");

  private static final Set<String> RETRY_FIELDS =
      Set.of("max_attempts", "delay", "multiplier", "max_delay", "jitter", "on_lost");
  private static final Pattern CLIENT = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,127}");

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration YEAR = Duration.ofDays(366);

  private final PluginDirectory plugins;
  private final TaskDefaults defaults;
  private final InstantSource clock;

  TaskRequest(PluginDirectory plugins, TaskDefaults defaults, InstantSource clock) {
    this.plugins = plugins;
    this.defaults = defaults;
    this.clock = clock;
  }

  /** Throws {@link RequestRefused} naming every field that is wrong. */
  TaskDefinition read(ObjectNode body) {
    return read(body, true);
  }

  /** As {@link #read}, but what never fires is no error: a preview says it with the rest. */
  TaskDefinition readForPreview(ObjectNode body) {
    return read(body, false);
  }

  private TaskDefinition read(ObjectNode body, boolean mustFire) {
    BodyFields fields = new BodyFields(body);
    fields.allow(Stream.concat(FIELDS.stream(), ScheduleFields.NAMES.stream()).sorted().toList());
    ScheduleFields scheduling = new ScheduleFields(fields, defaults.zone());
    Optional<Schedule> schedule = scheduling.read();
    if (mustFire) {
      schedule.ifPresent(read -> scheduling.refuseWithoutTimes(read, clock.instant()));
    }
    Optional<Owner> owner = readOwner(fields);
    Optional<String> plugin = readPlugin(fields);
    Optional<String> action = readAction(fields, plugin.flatMap(plugins::find));
    Optional<String> name = fields.text("name", 200);
    Optional<String> description = fields.lines("description", 10_000);
    Optional<String> args = fields.array("args");
    Optional<String> kwargs = fields.object("kwargs");
    Optional<Duration> timeout = fields.duration("timeout", LEAST, MONTH);
    Optional<Duration> expiresAfter = fields.duration("expires_after", LEAST, YEAR);
    RetryPolicy retry = readRetry(fields);
    Map<String, String> labels = readLabels(fields, owner);
    fields.refuseIfWrong();
    return new TaskDefinition(
        name.orElseGet(() -> plugin.orElseThrow() + "." + action.orElseThrow()),
        description.orElse(null),
        owner.orElseThrow(),
        plugin.orElseThrow(),
        action.orElseThrow(),
        args.orElse("[]"),
        kwargs.orElse("{}"),
        schedule.orElseThrow(),
        timeout.orElse(defaults.timeout()),
        retry,
        expiresAfter.orElse(patience(schedule.orElseThrow())),
        labels);
  }

  /** What is recurring waits until the next time when nothing else is said. */
  private static @Nullable Duration patience(Schedule schedule) {
    return schedule.trigger().isRecurring() ? null : TaskDefaults.EXPIRES_AFTER;
  }

  private static Optional<Owner> readOwner(BodyFields fields) {
    if (!fields.has("owner")) {
      fields.wrong("owner", "is required: ALL, Anyone or a client's name");
      return Optional.empty();
    }
    Optional<String> owner = fields.text("owner", 128);
    if (owner.isPresent() && !CLIENT.matcher(owner.get()).matches()) {
      fields.wrong(
          "owner",
          "\"%s\" must be ALL, Anyone or a client's name (letters, digits, dot, dash, underscore)"
              .formatted(owner.get()));
      return Optional.empty();
    }
    return owner.map(Owner::parse);
  }

  private Optional<String> readPlugin(BodyFields fields) {
    if (!fields.has("plugin")) {
      fields.wrong("plugin", "is required: the name of a plugin");
      return Optional.empty();
    }
    Optional<String> plugin = fields.text("plugin", 200);
    if (plugin.isPresent() && plugins.find(plugin.get()).isEmpty()) {
      List<String> known = plugins.all().stream().map(Plugin::name).toList();
      fields.wrong("plugin", unknown("plugin", plugin.get(), known));
      return Optional.empty();
    }
    plugin
        .flatMap(plugins::find)
        .filter(found -> !found.isServing())
        .ifPresent(found -> fields.wrong("plugin", found.name() + " is broken: " + found.error()));
    return plugin;
  }

  /** Without an action {@code main} is meant, or {@code run} when there is no {@code main}. */
  private static Optional<String> readAction(BodyFields fields, Optional<Plugin> plugin) {
    Optional<String> action = fields.text("action", 200);
    if (fields.has("action") && action.isEmpty()) {
      return action;
    }
    List<String> known = plugin.map(TaskRequest::actions).orElse(List.of());
    if (known.isEmpty()) {
      return Optional.of(action.orElse("main"));
    }
    String named =
        action.orElseGet(() -> !known.contains("main") && known.contains("run") ? "run" : "main");
    if (!known.contains(named)) {
      fields.wrong("action", unknown("action", named, known));
    }
    return Optional.of(named);
  }

  /** Empty when the plugin takes any action, or nobody could read which it has. */
  private static List<String> actions(Plugin plugin) {
    List<String> names = new ArrayList<>();
    ApiJson.stored(plugin.actions()).forEach(action -> names.add(action.path("name").asText()));
    return names;
  }

  private RetryPolicy readRetry(BodyFields fields) {
    RetryPolicy usual = defaults.retry();
    BodyFields retry = fields.nested("retry");
    retry.allow(RETRY_FIELDS);
    Optional<Integer> maxAttempts = retry.integer("max_attempts", 1, 100);
    Optional<Duration> delay = retry.duration("delay", Duration.ZERO, MONTH);
    Optional<Double> multiplier = retry.number("multiplier", 1, 100);
    Optional<Duration> maxDelay = retry.duration("max_delay", Duration.ZERO, MONTH);
    Optional<Double> jitter = retry.number("jitter", 0, 1);
    Optional<Boolean> onLost = retry.bool("on_lost");
    return new RetryPolicy(
        maxAttempts.orElse(usual.maxAttempts()),
        delay.orElse(usual.delay()),
        multiplier.orElse(usual.multiplier()),
        maxDelay.orElseGet(() -> longer(usual.maxDelay(), delay.orElse(usual.delay()))),
        jitter.orElse(usual.jitter()),
        onLost.orElse(usual.onLost()));
  }

  private static Map<String, String> readLabels(BodyFields fields, Optional<Owner> owner) {
    Map<String, String> labels = fields.texts("labels", 50, 200);
    if (!labels.isEmpty() && owner.orElse(null) instanceof Owner.Named named) {
      fields.wrong(
          "labels", "narrow ALL and Anyone but the owner is the client " + named.worker().value());
    }
    return labels;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String unknown(String what, String name, List<String> known) {
    String listed =
        known.isEmpty() ? "there are none" : "the nearest are " + Nearest.listed(name, known);
    return "there is no %s \"%s\"; %s".formatted(what, BodyFields.shortened(name), listed);
  }
}

package io.octopus.coordinator.http;

import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.task.ClockChange;
import io.octopus.coordinator.task.CronExpression;
import io.octopus.coordinator.task.FireTimes;
import io.octopus.coordinator.task.FleetView;
import io.octopus.coordinator.task.MisfirePolicy;
import io.octopus.coordinator.task.OverlapPolicy;
import io.octopus.coordinator.task.Owner;
import io.octopus.coordinator.task.Schedule;
import io.octopus.coordinator.task.TaskDefinition;
import io.octopus.coordinator.task.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is allowed but may surprise whoever creates a task. */
final class PreviewWarnings {
  private static final Duration LOOKED_AHEAD = Duration.ofDays(366);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final TaskDefinition task;
  private final Instant now;
  private final List<String> warnings = new ArrayList<>();

  private PreviewWarnings(TaskDefinition task, Instant now) {
    this.task = task;
    this.now = now;
  }

  static List<String> of(
      TaskDefinition task, FleetView fleet, Optional<Plugin> plugin, Instant now) {
    PreviewWarnings found = new PreviewWarnings(task, now);
    found.ofTimes();
    if (task.schedule().trigger() instanceof Trigger.Cron cron) {
      found.ofCron(cron);
    }
    found.ofClients(fleet);
    plugin.ifPresent(found::ofPlugin);
    return found.warnings;
  }

  private void ofTimes() {
    Schedule schedule = task.schedule();
    List<Instant> times = new FireTimes(schedule, now).after(Instant.MIN, 2);
    if (times.isEmpty()) {
      warnings.add("There is no fire time ahead.");
    }
    if (!schedule.trigger().isRecurring()
        && schedule.startAt() != null
        && schedule.startAt().isBefore(now)) {
      warnings.add(
          schedule.misfire() == MisfirePolicy.SKIP
              ? "The start time is past, and misfire is skip: it may not run at all."
              : "The start time is past: it runs at once, to catch up.");
    }
    if (times.size() == 2
        && Duration.between(times.get(0), times.get(1)).compareTo(Duration.ofMinutes(1)) < 0
        && schedule.overlap() == OverlapPolicy.SKIP) {
      warnings.add(
          "It fires more often than every minute: a client that is still busy with it is skipped.");
    }
  }

  private void ofCron(Trigger.Cron cron) {
    if (CronExpression.parse(cron.expression()).takesEitherDay()) {
      warnings.add(
          "Day of month and day of week are both restricted: it fires on days that match either.");
    }
    for (ClockChange change :
        new FireTimes(task.schedule(), now).clockChanges(now.plus(LOOKED_AHEAD))) {
      String local = DAY_AND_TIME.format(change.local());
      warnings.add(
          change.isLeftOut()
              ? "%s does not exist in %s, where clocks go forward: it fires at %s instead."
                  .formatted(
                      local, cron.zone().getId(), TIME.format(change.firesAt().atZone(cron.zone())))
              : "%s comes twice in %s, where clocks go back: it fires at the first only."
                  .formatted(local, cron.zone().getId()));
    }
  }

  private void ofClients(FleetView fleet) {
    if (task.owner() instanceof Owner.Named named) {
      Optional<FleetView.Client> client =
          fleet.clients().stream().filter(one -> one.name().equals(named.worker())).findAny();
      String name = named.worker().value();
      if (client.isEmpty()) {
        warnings.add(
            "No client %s has been seen yet: it waits until there is one.".formatted(name));
      } else if (!client.get().takesWork()) {
        warnings.add("Client %s takes no work now: it waits until it does.".formatted(name));
      }
      return;
    }
    boolean isAnyOnline =
        fleet.clients().stream()
            .anyMatch(client -> client.takesWork() && client.isLabelled(task.labels()));
    if (!isAnyOnline) {
      String which = task.labels().isEmpty() ? "" : " with these labels";
      warnings.add(
          task.owner() instanceof Owner.All
              ? "No client%s takes work now: a run that finds none fails.".formatted(which)
              : "No client%s takes work now: it waits until one does.".formatted(which));
    }
  }

  private void ofPlugin(Plugin plugin) {
    if (plugin.error() != null) {
      warnings.add(
          "The newest file of %s is broken (%s): the last good version serves."
              .formatted(plugin.name(), plugin.error()));
    }
  }
}

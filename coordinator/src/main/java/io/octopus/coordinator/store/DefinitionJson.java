package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.task.TaskDefinition;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task's definition with the API's names, and what differs between two of them. */
final class DefinitionJson {

  private DefinitionJson() {}

  static ObjectNode of(TaskDefinition definition) {
    ScheduleColumns schedule = ScheduleColumns.of(definition.schedule());
    ObjectNode json = JsonText.MAPPER.createObjectNode();
    json.put("name", definition.name());
    json.put("description", definition.description());
    json.put("owner", definition.owner().text());
    json.put("plugin", definition.plugin());
    json.put("action", definition.action());
    json.set("args", JsonText.read(definition.args()));
    json.set("kwargs", JsonText.read(definition.kwargs()));
    json.put("type", schedule.type());
    json.put("execution_start_time", time(definition.schedule().startAt()));
    json.put("execution_end_time", time(definition.schedule().endAt()));
    json.set("interval", JsonText.MAPPER.valueToTree(schedule.interval()));
    json.put("interval_mode", schedule.intervalMode());
    json.put("cron", schedule.cron());
    json.put("time_zone", schedule.timeZone());
    json.set("timeout", JsonText.MAPPER.valueToTree(JsonText.seconds(definition.timeout())));
    json.set("retry", JsonText.read(JsonText.retry(definition.retry())));
    json.put("overlap", schedule.overlap());
    json.put("misfire", schedule.misfire());
    json.set(
        "expires_after",
        JsonText.MAPPER.valueToTree(
            definition.expiresAfter() == null
                ? null
                : JsonText.seconds(definition.expiresAfter())));
    json.put("max_concurrent_runs", definition.schedule().maxConcurrentRuns());
    json.set("labels", JsonText.read(JsonText.labels(definition.labels())));
    return json;
  }

  /** Each field that differs, with its value before and after. */
  static ObjectNode changed(JsonNode before, JsonNode after) {
    Set<String> fields = new LinkedHashSet<>();
    after.fieldNames().forEachRemaining(fields::add);
    before.fieldNames().forEachRemaining(fields::add);
    ObjectNode changed = JsonText.MAPPER.createObjectNode();
    for (String field : fields) {
      if (!before.path(field).equals(after.path(field))) {
        ObjectNode values = changed.putObject(field);
        values.set("from", before.get(field));
        values.set("to", after.get(field));
      }
    }
    return changed;
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : TimeText.of(time);
  }
}

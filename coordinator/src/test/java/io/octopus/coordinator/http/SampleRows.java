package io.octopus.coordinator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Rows as the read model answers them. */
final class SampleRows {
  private SampleRows() {}

  static ObjectNode task(String id) {
    return json(
        """
        {"id":"%s","name":"hello.main","description":null,"owner":"Anyone","plugin":"hello",
         "action":"main","args":["P1",3],"kwargs":{},"type":"Adhoc","execution_start_time":null,
         "execution_end_time":null,"interval":null,"interval_mode":null,"cron":null,
         "time_zone":null,"timeout":3600,"retry":{"max_attempts":3,"delay":2,"multiplier":2.0,
         "max_delay":300,"jitter":0.2,"on_lost":true},"overlap":null,"misfire":null,
         "expires_after":604800,"max_concurrent_runs":null,"labels":{},"status":"Active",
         "paused":false,"next_run_at":null,"last_run":{"id":"%s-1","status":"Running",
         "finished_at":null,"counts":{"pending":0,"running":1,"completed":0,"failed":0,
         "timed_out":0,"cancelled":0,"lost":0,"skipped":0}},"version":3,
         "created_at":"2026-11-23T15:04:05.123Z","updated_at":"2026-11-23T15:04:05.123Z",
         "created_by":"anonymous"}
        """
            .formatted(id, id));
  }

  static ObjectNode historyLine(String task) {
    return json(
        """
        {"number":7,"at":"2026-11-23T15:04:05.123Z","by":"client","event":"attempt_ended",
         "run_id":"%1$s-1","execution_id":"%1$s-1-1","client":"alpha","reason":"exit_code",
         "detail":{"attempt":1,"outcome":"Failed","status":"Pending","message":"exit code 3",
         "retry_at":null}}
        """
            .formatted(task));
  }

  static ObjectNode run(String id, String task, String status) {
    return json(
        """
        {"id":"%s","task_id":"%s","fire_time":"2026-11-23T15:04:05.123Z","trigger":"adhoc",
         "targets":["alpha"],"skipped":[{"client":"beta","reason":"draining"}],"status":"%s",
         "reason":null,"fire_time_until":null,"skipped_count":null,"counts":{"pending":0,
         "running":1,"completed":0,"failed":0,"timed_out":0,"cancelled":0,"lost":0,"skipped":0},
         "created_at":"2026-11-23T15:04:05.123Z","started_at":null,"finished_at":%s}
        """
            .formatted(
                id,
                task,
                status,
                status.equals("Running") ? "null" : "\"2026-11-23T15:04:06.123Z\""));
  }

  static ObjectNode execution(String id, String run, String task, String status) {
    return json(
        """
        {"id":"%s","task_id":"%s","run_id":"%s","plugin":{"name":"hello","version":"1.0",
         "sha256":"ab"},"action":"main","client":"alpha","status":"%s","attempt":1,
         "attempts":[{"number":1,"client":"alpha","started_at":"2026-11-23T15:04:05.123Z",
         "finished_at":null,"outcome":null,"reason":null}],
         "fire_time":"2026-11-23T15:04:05.123Z","created_at":"2026-11-23T15:04:05.123Z",
         "started_at":"2026-11-23T15:04:05.123Z","finished_at":null,"duration_ms":null,
         "wait_ms":12,"result":null,"message":null,"error":null,"reason":null,
         "progress":{"fraction":0.5,"message":"half way"},"result_omitted":false}
        """
            .formatted(id, task, run, status));
  }

  static ObjectNode client(String name) {
    return json(
        """
        {"name":"%s","status":"Online","why":"registered","host":"box","address":"127.0.0.1:2552",
         "os":"Linux","version":"0.1.0","slots":4,"busy":1,"labels":{"os":"linux"},
         "draining":false,"last_seen":"2026-11-23T15:04:05.123Z",
         "joined_at":"2026-11-23T15:00:00.000Z","running":["t1-1-1"],"plugins_in_sync":true,
         "cpu":4,"memory":8589934592,"limits":{"memory":"no limit"}}
        """
            .formatted(name));
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) ApiJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

-- Derived from the journal: may be emptied and rebuilt. The API's names, JSON as text, times as
-- ISO-8601 text in UTC. Clients' names are the same in any letter case.
CREATE TABLE tasks (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT,
  owner TEXT NOT NULL COLLATE NOCASE,
  plugin TEXT NOT NULL,
  action TEXT NOT NULL,
  args TEXT NOT NULL,
  kwargs TEXT NOT NULL,
  type TEXT NOT NULL,
  execution_start_time TEXT,
  execution_end_time TEXT,
  interval NUMERIC,
  interval_mode TEXT,
  cron TEXT,
  time_zone TEXT,
  timeout NUMERIC NOT NULL,
  retry TEXT NOT NULL,
  overlap TEXT,
  misfire TEXT,
  expires_after NUMERIC,
  max_concurrent_runs INTEGER,
  labels TEXT NOT NULL,
  status TEXT NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0,
  next_run_at TEXT,
  last_run TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  -- beyond the API
  deleted_at TEXT,
  request_hash TEXT NOT NULL,
  last_run_id TEXT,
  wake_at TEXT -- when the task has something to do; null: nothing by itself
);
CREATE INDEX tasks_newest ON tasks (created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_status ON tasks (status, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_to_wake ON tasks (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  task_id TEXT NOT NULL,
  fire_time TEXT NOT NULL,
  trigger TEXT NOT NULL,
  targets TEXT NOT NULL,
  skipped TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  fire_time_until TEXT,
  skipped_count INTEGER NOT NULL DEFAULT 0,
  counts TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  -- beyond the API
  created_by TEXT NOT NULL,
  args TEXT, -- other arguments than the task's, for this run only
  kwargs TEXT,
  expires_at TEXT NOT NULL
);
CREATE INDEX runs_newest ON runs (created_at, id);
CREATE INDEX runs_of_task ON runs (task_id, created_at, id);
CREATE INDEX runs_unfinished ON runs (task_id) WHERE finished_at IS NULL;

CREATE TABLE executions (
  id TEXT NOT NULL PRIMARY KEY,
  task_id TEXT NOT NULL,
  run_id TEXT NOT NULL,
  plugin TEXT NOT NULL,
  action TEXT NOT NULL,
  client TEXT COLLATE NOCASE,
  status TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  attempts TEXT NOT NULL,
  fire_time TEXT NOT NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  duration_ms INTEGER,
  wait_ms INTEGER,
  result TEXT,
  message TEXT,
  error TEXT,
  reason TEXT,
  progress TEXT,
  -- beyond the API
  waits_for TEXT COLLATE NOCASE, -- the only client that may run it
  wake_at TEXT, -- when it is retried or expires
  created_ms INTEGER NOT NULL -- created_at as a number, to reckon with
);
CREATE INDEX executions_newest ON executions (created_at, id);
CREATE INDEX executions_of_run ON executions (run_id);
CREATE INDEX executions_of_task ON executions (task_id, created_at, id);
CREATE INDEX executions_of_client ON executions (client, created_at, id);
CREATE INDEX executions_running ON executions (client, task_id) WHERE status = 'Running';
CREATE INDEX executions_pending ON executions (created_at) WHERE status = 'Pending';
CREATE INDEX executions_to_wake ON executions (wake_at, task_id) WHERE wake_at IS NOT NULL;
CREATE INDEX executions_ended ON executions (finished_at, status, duration_ms)
  WHERE finished_at IS NOT NULL;

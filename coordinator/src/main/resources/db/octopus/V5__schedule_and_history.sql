-- The scheduler reads alarms by time and task, and those of a task that changed.
DROP INDEX tasks_to_wake;
CREATE INDEX tasks_to_wake ON tasks (wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX executions_wakes_of_task ON executions (task_id, wake_at) WHERE wake_at IS NOT NULL;

-- Who changed what, when and why: written beside the change, never changed. Lines of tasks have the number of their event.
CREATE TABLE audit (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  event TEXT NOT NULL,
  task_id TEXT,
  number INTEGER,
  run_id TEXT,
  execution_id TEXT,
  client TEXT,
  plugin TEXT,
  reason TEXT,
  detail TEXT NOT NULL
);
CREATE INDEX audit_of_task ON audit (task_id, number) WHERE task_id IS NOT NULL;
CREATE INDEX audit_by_time ON audit (at);

-- Retention says here, inside its own transaction, which lines it takes away.
CREATE TABLE audit_retention (
  before TEXT NOT NULL
);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit_retention WHERE old.at < before)
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

-- What retention looks for.
CREATE INDEX runs_ended ON runs (finished_at, id) WHERE finished_at IS NOT NULL;
CREATE INDEX tasks_deleted ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;

-- What lists are filtered by, and the figures of the last day, with a million rows and more.
CREATE INDEX executions_by_status ON executions (status, created_at, id);
CREATE INDEX runs_by_status ON runs (status, created_at, id);
CREATE INDEX tasks_by_owner ON tasks (owner, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_plugin ON tasks (plugin, created_at, id) WHERE deleted_at IS NULL;
DROP INDEX executions_ended;
CREATE INDEX executions_ended ON executions (status, finished_at, duration_ms)
  WHERE finished_at IS NOT NULL;

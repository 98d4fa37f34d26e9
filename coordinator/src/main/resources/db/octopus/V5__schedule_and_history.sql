-- The scheduler reads alarms by time and task, and those of a task that changed.
DROP INDEX tasks_to_wake;
CREATE INDEX tasks_to_wake ON tasks (wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX executions_wakes_of_task ON executions (task_id, wake_at) WHERE wake_at IS NOT NULL;

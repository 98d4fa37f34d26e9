-- One client's executions of one status, however rare that is; it does what these did, and more.
CREATE INDEX executions_of_client_by_status ON executions (client, status, created_at, id);
DROP INDEX executions_running;
DROP INDEX executions_pending;

-- Results that are too large for an event: primary data, to which the events refer.
CREATE TABLE results (
  execution_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  up_to INTEGER NOT NULL, -- stored without a gap; all of it, verified, when that is the size
  PRIMARY KEY (execution_id, attempt, name)
);

CREATE TABLE result_chunks (
  execution_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  name TEXT NOT NULL,
  start INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (execution_id, attempt, name, start)
);

-- The size of a result that is in those tables instead of the row.
ALTER TABLE executions ADD COLUMN result_size INTEGER;

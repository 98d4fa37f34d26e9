-- What attempts print. Offsets and sizes are bytes of UTF-8.
CREATE TABLE output_attempts (
  execution_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  up_to INTEGER NOT NULL, -- taken from the worker without a gap, whether kept or cut
  kept INTEGER NOT NULL, -- what can be read, the mark of a cut included
  is_cut INTEGER NOT NULL,
  PRIMARY KEY (execution_id, attempt)
);

CREATE TABLE output_chunks (
  execution_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  start INTEGER NOT NULL,
  size INTEGER NOT NULL,
  stream TEXT NOT NULL,
  level TEXT,
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (execution_id, attempt, start)
) WITHOUT ROWID;

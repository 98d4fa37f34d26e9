-- Files that attempts left: those of an execution's latest attempt that left any.
CREATE TABLE artefacts (
  execution_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  up_to INTEGER NOT NULL, -- stored without a gap; all of it, verified, when that is the size
  PRIMARY KEY (execution_id, attempt, name)
);

CREATE TABLE artefact_chunks (
  execution_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  name TEXT NOT NULL,
  start INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (execution_id, attempt, name, start)
);

-- Not in the journal, and not to be rebuilt from it.
CREATE TABLE clients (
  name TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  status TEXT NOT NULL,
  why TEXT,
  host TEXT,
  address TEXT,
  os TEXT,
  version TEXT,
  slots INTEGER NOT NULL,
  busy INTEGER NOT NULL,
  labels TEXT NOT NULL,
  draining INTEGER NOT NULL,
  last_seen TEXT,
  joined_at TEXT,
  plugins_in_sync INTEGER NOT NULL,
  cpu INTEGER NOT NULL,
  memory INTEGER NOT NULL,
  -- beyond the API
  left_in_order INTEGER NOT NULL,
  incarnation TEXT
);

-- Every content a plugin ever had; kept when the plugin is deleted, executions may have pinned it.
CREATE TABLE plugin_versions (
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  file_name TEXT NOT NULL,
  version TEXT NOT NULL,
  language TEXT,
  description TEXT,
  actions TEXT NOT NULL,
  metadata TEXT NOT NULL,
  size INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (name, sha256)
);
CREATE INDEX plugin_versions_by_content ON plugin_versions (sha256);

-- The versions that serve.
CREATE TABLE plugins (
  name TEXT NOT NULL PRIMARY KEY,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  language TEXT,
  description TEXT,
  actions TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
);

-- What the plugins folder brought last: a restart undoes no push and no rollback.
CREATE TABLE plugin_imports (
  file_name TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  error TEXT,
  imported_at TEXT NOT NULL
);

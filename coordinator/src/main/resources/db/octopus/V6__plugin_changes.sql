-- Versions have numbers, and what they need installed; every change of what serves is written down.
ALTER TABLE plugin_versions ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE plugin_versions SET number = (
  SELECT COUNT(*) FROM plugin_versions other
  WHERE other.name = plugin_versions.name
    AND (other.created_at, other.rowid) <= (plugin_versions.created_at, plugin_versions.rowid));
ALTER TABLE plugin_versions ADD COLUMN requirements TEXT NOT NULL DEFAULT '[]';

ALTER TABLE plugins ADD COLUMN source TEXT NOT NULL DEFAULT 'push';
UPDATE plugins SET source = 'folder' WHERE updated_by = 'plugins folder';

CREATE TABLE plugin_changes (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  sha256 TEXT, -- what serves from then on; null when nothing does
  source TEXT NOT NULL, -- folder, push, rollback or delete
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL
);
CREATE INDEX plugin_changes_of ON plugin_changes (name, sha256, id);
INSERT INTO plugin_changes (name, sha256, source, changed_at, changed_by)
SELECT name, sha256, CASE created_by WHEN 'plugins folder' THEN 'folder' ELSE 'push' END, created_at, created_by
FROM plugin_versions ORDER BY created_at, rowid;
INSERT INTO plugin_changes (name, sha256, source, changed_at, changed_by)
SELECT name, sha256, source, updated_at, updated_by FROM plugins ORDER BY updated_at;

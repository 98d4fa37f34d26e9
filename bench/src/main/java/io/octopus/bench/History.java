package io.octopus.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Years of work in a minute: copies of tasks that Octopus has run, with their runs, executions,
 * events and lines of the audit trail, under ids of their own and at times of their own. A copy is
 * as large as what it was made of, and its events can be read; only the times inside JSON and
 * events remain those of the original.
 *
 * <p>While this works nobody else may have the database open, and a power cut would break it.
 */
final class History {

  /** What is copied, and which column says of which task it is. */
  private enum Copied {
    TASKS("tasks", "id", ""),
    RUNS("runs", "task_id", ""),
    EXECUTIONS("executions", "task_id", ""),
    EVENTS("event_journal", "persistence_id", "Task|"),
    AUDIT("audit", "task_id", "");

    final String table;
    final String owner;
    final String prefix;

    Copied(String table, String owner, String prefix) {
      this.table = table;
      this.owner = owner;
      this.prefix = prefix;
    }
  }

  private static final int CHUNK = 1000;
  private static final long LONGEST_AGO = 60L * 24 * 3600 * 1000;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final List<String> MILLISECONDS = List.of("created_ms", "write_timestamp");

  private final Connection database;
  private final List<String> originals;
  private final Random random = new Random();

  private History(Connection database) throws SQLException {
    this.database = database;
    this.originals = texts("SELECT id FROM tasks ORDER BY created_at, id");
  }

  /**
   * Puts so many tasks before those that are there, one about every second, each in its turn a copy
   * of one of them.
   *
   * @param data the folder of a coordinator that does not run, all of whose tasks are final
   */
  static void fill(Path data, int tasks) throws SQLException, IOException {
    var file = data.resolve("octopus.db");
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      new History(database).fill(tasks);
    }
    try (var written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
  }

  private void fill(int tasks) throws SQLException {
    if (tasks > 0 && originals.isEmpty()) {
      throw new IllegalStateException("there is no task to copy");
    }
    try (var statement = database.createStatement()) {
      prepare(statement);
      var inserts = new ArrayList<String>();
      for (var copied : Copied.values()) {
        inserts.add(insert(copied));
      }
      database.setAutoCommit(false);
      long step = Math.min(1000, LONGEST_AGO / Math.max(1, tasks));
      for (int first = 0; first < tasks; first += CHUNK) {
        choose(first, Math.min(tasks, first + CHUNK), tasks, step);
        for (var insert : inserts) {
          statement.executeUpdate(insert);
        }
        statement.executeUpdate("DELETE FROM temp.copies");
        database.commit();
      }
      database.setAutoCommit(true);
      // what was loosened for speed, so that whoever opens the file next finds it as usual
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private void prepare(Statement statement) throws SQLException {
    for (var pragma :
        List.of(
            "locking_mode = EXCLUSIVE",
            "journal_mode = DELETE",
            "journal_mode = OFF",
            "synchronous = OFF",
            "temp_store = MEMORY",
            "cache_size = -1000000")) {
      statement.execute("PRAGMA " + pragma);
    }
    statement.execute(
        """
        CREATE TEMP TABLE copies (
          number INTEGER PRIMARY KEY, original TEXT, id TEXT, ago INTEGER, ago_text TEXT)
        """);
    for (var copied : Copied.values()) {
      statement.execute(
          "CREATE TEMP TABLE old_%1$s AS SELECT * FROM main.%1$s".formatted(copied.table));
      statement.execute(
          "CREATE INDEX temp.old_%1$s_of_task ON old_%1$s (%2$s)"
              .formatted(copied.table, copied.owner));
    }
  }

  /** The copies that are made next, oldest first. */
  private void choose(int first, int end, int tasks, long step) throws SQLException {
    try (var insert = database.prepareStatement("INSERT INTO temp.copies VALUES (?, ?, ?, ?, ?)")) {
      for (int number = first; number < end; number++) {
        long ago = (tasks - number) * step;
        insert.setInt(1, number);
        insert.setString(2, originals.get(number % originals.size()));
        insert.setString(3, freshId(originals.get(number % originals.size()).length()));
        insert.setLong(4, ago);
        insert.setString(5, "-%d.%03d seconds".formatted(ago / 1000, ago % 1000));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** As long as the original's, so that it fits into the events; as scattered as those of tasks. */
  private String freshId(int length) {
    var id = new StringBuilder("t");
    while (id.length() < length) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  private String insert(Copied copied) throws SQLException {
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    try (var statement = database.createStatement();
        var columns = statement.executeQuery("PRAGMA main.table_info(" + copied.table + ")")) {
      while (columns.next()) {
        var type = columns.getString("type");
        if (columns.getInt("pk") == 0 || !type.equals("INTEGER")) {
          names.add(columns.getString("name"));
          values.add(value(columns.getString("name"), type));
        }
      }
    }
    var quoted = names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    return """
    INSERT INTO main.%1$s (%2$s) SELECT %3$s
    FROM temp.copies c CROSS JOIN temp.old_%1$s old ON old.%4$s = '%5$s' || c.original
    ORDER BY c.number, old.rowid
    """
        .formatted(copied.table, quoted, String.join(", ", values), copied.owner, copied.prefix);
  }

  private static String value(String name, String type) {
    var old = "old.\"" + name + '"';
    if (MILLISECONDS.contains(name)) {
      return old + " - c.ago";
    }
    if (name.equals("at") || name.endsWith("_at") || name.endsWith("_time")) {
      return "strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', %s, c.ago_text)".formatted(old);
    }
    if (type.equals("TEXT")) {
      return "replace(%s, c.original, c.id)".formatted(old);
    }
    if (type.equals("BLOB")) {
      return "CAST(replace(%s, c.original, c.id) AS BLOB)".formatted(old);
    }
    return old;
  }

  private List<String> texts(String query) throws SQLException {
    var all = new ArrayList<String>();
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }
}

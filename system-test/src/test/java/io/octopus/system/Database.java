package io.octopus.system;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the coordinator's database from outside, as a user with sqlite3 would. */
public final class Database {
  /** Rows that change while nobody asks for anything: heartbeats, housekeeping. */
  private static final Set<String> LIVE = Set.of("clients", "sqlite_sequence");

  private final Path file;

  Database(Path file) {
    this.file = file;
  }

  public Path file() {
    return file;
  }

  /** The first column of every row. */
  public List<String> column(String query) {
    return rows(query).stream().map(row -> row.get(0)).toList();
  }

  public List<List<String>> rows(String query) {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=5000");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row(result));
      }
      return rows;
    } catch (SQLException broken) {
      throw new IllegalStateException(query + " on " + file, broken);
    }
  }

  /** Every row of every table that only requests change. */
  Map<String, List<List<String>>> content() {
    Map<String, List<List<String>>> content = new TreeMap<>();
    for (String table : column("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      if (!LIVE.contains(table)) {
        content.put(table, rows("SELECT * FROM \"" + table + "\""));
      }
    }
    return content;
  }

  private static List<String> row(ResultSet result) throws SQLException {
    List<String> row = new ArrayList<>();
    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
      row.add(String.valueOf(result.getString(column)));
    }
    return row;
  }
}

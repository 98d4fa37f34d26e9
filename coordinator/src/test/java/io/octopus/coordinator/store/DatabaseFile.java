package io.octopus.coordinator.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into a database file from outside, as {@code sqlite3} would. */
final class DatabaseFile {

  private DatabaseFile() {}

  /** Rows as {@code column|column|…}, null as an empty text. */
  static List<String> query(Path file, String sql) {
    try (Connection connection = DriverManager.getConnection(Sqlite.quick(file));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> read = new ArrayList<>();
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String text = rows.getString(i);
          columns.add(text == null ? "" : text);
        }
        read.add(String.join("|", columns));
      }
      return read;
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  static void execute(Path file, String sql) {
    try (Connection connection = DriverManager.getConnection(Sqlite.quick(file));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}

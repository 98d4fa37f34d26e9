package io.octopus.coordinator.store;

import static io.octopus.coordinator.store.JournalKit.NOW;

import io.octopus.coordinator.task.TaskEvent;
import io.octopus.protocol.TaskId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The coordinator's databases with rows that events have made, without a journal. */
final class RowsKit implements AutoCloseable {

  final DataFolder data;
  final Store store;

  private RowsKit(Path folder) {
    this.data = new DataFolder(folder);
    Schema.prepare(data);
    this.store = Store.open(data, Runnable::run, () -> NOW);
  }

  static RowsKit open(Path folder) {
    return new RowsKit(folder);
  }

  void write(String task, TaskEvent... events) {
    write(task, Arrays.asList(events));
  }

  void write(String task, List<TaskEvent> events) {
    try (Connection connection = DriverManager.getConnection(Sqlite.quick(data.database()));
        Statements statements = new Statements(connection)) {
      connection.setAutoCommit(false);
      Views.write(
          statements,
          events.stream().map(event -> new Committed(new TaskId(task), 1, event)).toList());
      connection.commit();
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  List<String> query(String sql) {
    return DatabaseFile.query(data.database(), sql);
  }

  void execute(String sql) {
    DatabaseFile.execute(data.database(), sql);
  }

  @Override
  public void close() {
    store.close();
  }
}

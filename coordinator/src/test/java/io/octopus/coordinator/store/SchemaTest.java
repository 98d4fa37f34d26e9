package io.octopus.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

  @TempDir private Path folder;

  @Test
  void onlyItsOwnUserMayReadTheData() throws IOException, SQLException {
    DataFolder data = new DataFolder(folder.resolve("data"));

    Schema.prepare(data);

    try (Connection connection = DriverManager.getConnection(Sqlite.durable(data.database()));
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM tasks");
      assertThat(permissions(data.path())).isEqualTo("rwx------");
      for (String file : List.of("octopus.db", "octopus.db-wal", "octopus.db-shm", "output.db")) {
        assertThat(permissions(data.path().resolve(file))).as(file).isEqualTo("rw-------");
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void preparingAgainKeepsWhatIsThere() {
    DataFolder data = new DataFolder(folder);
    Schema.prepare(data);
    DatabaseFile.execute(
        data.database(), "INSERT INTO plugin_imports VALUES ('a.py', 'aaa', NULL, 'now')");

    Schema.prepare(data);

    assertThat(DatabaseFile.query(data.database(), "SELECT file_name FROM plugin_imports"))
        .containsExactly("a.py");
  }

  @Test
  void theJournalIsFsynced() {
    DataFolder data = new DataFolder(folder);
    Schema.prepare(data);

    assertThat(DatabaseFile.query(data.database(), "PRAGMA journal_mode")).containsExactly("wal");
    assertThat(Sqlite.durable(data.database())).contains("synchronous=FULL");
  }

  @Test
  void aSecondCoordinatorIsRefusedUntilTheFirstHasGone() {
    DataFolder data = new DataFolder(folder.resolve("data"));
    CoordinatorLock first = CoordinatorLock.take(data);

    assertThatThrownBy(() -> CoordinatorLock.take(data))
        .isInstanceOf(DataFolderInUse.class)
        .hasMessageContaining(data.path().toString());

    first.close();
    try (CoordinatorLock second = CoordinatorLock.take(data)) {
      assertThat(second.folder()).isEqualTo(data);
    }
  }
}

package io.octopus.coordinator.store;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** Creates the databases and brings them to this version's tables, before anything opens them. */
public final class Schema {

  private Schema() {}

  /** Makes folder and files readable for this user only, and migrates them. */
  public static void prepare(DataFolder data) {
    data.create();
    migrate(data.database(), "classpath:db/octopus");
    migrate(data.outputDatabase(), "classpath:db/output");
  }

  private static void migrate(Path file, String location) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(Sqlite.durable(file), null, null)
        .locations(location)
        .table("schema_history")
        .load()
        .migrate();
  }
}

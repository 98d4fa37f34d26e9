package io.octopus.coordinator.store;

import akka.Done;
import akka.util.ByteString;
import io.octopus.coordinator.store.PluginChange.Source;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plugins' files, every version of them, and which one serves: primary data, fsynced. Contents
 * are never overwritten, and stay when their plugin is deleted: an execution may have pinned one.
 */
public final class PluginRows {

  private static final String COLUMNS =
      """
      v.name, v.sha256, v.file_name, v.version, v.language, v.description, v.actions,
      v.requirements, v.metadata, v.size, v.created_at, v.created_by\
      """;

  private static final String SERVING =
      "SELECT %s, p.updated_at, p.updated_by, p.source FROM plugin_versions v".formatted(COLUMNS)
          + " JOIN plugins p ON p.name = v.name AND p.sha256 = v.sha256";

  private static final String KEPT =
      """
      SELECT %s, v.number, c.source, c.changed_at, c.changed_by,
        EXISTS (SELECT 1 FROM plugins p WHERE p.name = v.name AND p.sha256 = v.sha256) AS serving
      FROM plugin_versions v JOIN plugin_changes c ON c.id =
        (SELECT MAX(id) FROM plugin_changes WHERE name = v.name AND sha256 = v.sha256)
      WHERE v.name = ?
      """
          .formatted(COLUMNS);

  private static final String PAGE = KEPT + " AND v.number < ? ORDER BY v.number DESC LIMIT ?";

  private static final String CALLED =
      KEPT
          + """
           AND (v.sha256 = ? OR v.version = ? OR CAST(v.number AS TEXT) = ?
            OR substr(v.sha256, 1, length(?)) = ?)
          ORDER BY v.number DESC
          """;

  private static final String BEFORE =
      """
      SELECT c.sha256 FROM plugin_changes c
      WHERE c.name = ? AND c.sha256 IS NOT NULL
        AND c.sha256 IS NOT (SELECT p.sha256 FROM plugins p WHERE p.name = c.name)
      ORDER BY c.id DESC LIMIT 1
      """;

  private static final String DESCRIBE_AGAIN =
      """
      UPDATE plugin_versions SET file_name = ?, version = ?, language = ?, description = ?,
        actions = ?, requirements = ?, metadata = ?
      WHERE name = ? AND sha256 = ?
      """;

  private static final String NEXT_NUMBER =
      "SELECT COALESCE(MAX(number), 0) + 1 AS next FROM plugin_versions WHERE name = ?";

  private static final String SERVE =
      """
      INSERT INTO plugins
        (name, version, sha256, language, description, actions, updated_at, updated_by, source)
      SELECT name, version, sha256, language, description, actions, ?, ?, ? FROM plugin_versions
      WHERE name = ? AND sha256 = ?
      """;

  private static final String USED =
      """
      SELECT plugin, COUNT(*) AS tasks FROM tasks
      WHERE deleted_at IS NULL AND status IN ('Created', 'Active') GROUP BY plugin
      """;

  private static final String USES =
      """
      SELECT 'task' AS kind, id, name, status FROM tasks
      WHERE plugin = ? AND deleted_at IS NULL AND status IN ('Created', 'Active')
      UNION ALL
      SELECT 'execution', e.id, t.name, e.status FROM executions e JOIN tasks t ON t.id = e.task_id
      WHERE e.status IN ('Pending', 'Running') AND json_extract(e.plugin, '$.name') = ?
        AND NOT (t.plugin = ? AND t.deleted_at IS NULL AND t.status IN ('Created', 'Active'))
      """;

  private static final String CONTENT =
      "SELECT content FROM plugin_versions WHERE sha256 = ? LIMIT 1";

  private static final String PIECE =
      """
      SELECT substr(content, ?, ?) AS piece, length(content) AS total FROM plugin_versions
      WHERE sha256 = ? LIMIT 1
      """;

  private final ReadPool reads;
  private final SideWriter writer;

  /**
   * Writes with a writer of its own.
   *
   * @param writer whose commits are on the disk when they end
   */
  PluginRows(ReadPool reads, SideWriter writer) {
    this.reads = reads;
    this.writer = writer;
  }

  /** The versions that serve, by name. */
  public CompletionStage<List<Serving>> serving() {
    return reads.list(SERVING + " ORDER BY v.name", PluginRows::serving);
  }

  /** A plugin's versions with smaller numbers than this one, the newest first. */
  public CompletionStage<List<KeptVersion>> versions(String name, int before, int limit) {
    return reads.list(PAGE, PluginRows::kept, name, before, limit);
  }

  /** The versions that may be meant by a text: a hash or its beginning, a version, a number. */
  public CompletionStage<List<KeptVersion>> versionsCalled(String name, String text) {
    return reads.list(CALLED, PluginRows::kept, name, text, text, text, text, text);
  }

  /** The hash of what served under this name before what serves now. */
  public CompletionStage<Optional<String>> before(String name) {
    return reads.first(BEFORE, row -> row.getString("sha256"), name);
  }

  /** How many live tasks use each plugin that any uses. */
  public CompletionStage<Map<String, Integer>> used() {
    return reads
        .list(USED, row -> Map.entry(row.getString("plugin"), row.getInt("tasks")))
        .thenApply(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * Keeps a content, if it is new, and makes it serve.
   *
   * @param version what is known of it now; when and by whom it was first brought stays
   */
  public CompletionStage<Serving> serve(
      PluginVersion version, ByteString content, PluginChange change) {
    return writer.transaction(
        (statements, connection) -> {
          keep(statements, connection, version, content);
          commit(statements, change);
          return serving(connection, change.name()).orElseThrow();
        });
  }

  /** Makes a content serve that is kept. */
  public CompletionStage<Serving> serveAgain(PluginChange change) {
    return writer.transaction(
        (statements, connection) -> {
          commit(statements, change);
          return serving(connection, change.name()).orElseThrow();
        });
  }

  /** From now on nothing serves under this name. */
  public CompletionStage<Done> stop(PluginChange change) {
    return writer.transaction(
        (statements, connection) -> {
          commit(statements, change);
          return Done.getInstance();
        });
  }

  /**
   * Like {@link #stop}, unless something uses the plugin: then nothing is done but to list that.
   */
  public CompletionStage<List<PluginUse>> stopUnlessUsed(PluginChange change) {
    return writer.transaction(
        (statements, connection) -> {
          String name = change.name();
          List<PluginUse> uses = Queries.list(connection, USES, PluginRows::use, name, name, name);
          if (uses.isEmpty()) {
            commit(statements, change);
          }
          return uses;
        });
  }

  /** The one place where it changes what serves, in a transaction with all that belongs to it. */
  private static void commit(Statements statements, PluginChange change) throws SQLException {
    statements.run("DELETE FROM plugins WHERE name = ?", change.name());
    if (change.sha256() != null) {
      statements.run(
          SERVE, change.at(), change.by(), change.source().text(), change.name(), change.sha256());
    }
    statements.insert(
        "plugin_changes",
        new Row()
            .with("name", change.name())
            .with("sha256", change.sha256())
            .with("source", change.source().text())
            .with("changed_at", change.at())
            .with("changed_by", change.by()));
    AuditTrail.write(statements, change);
  }

  private static void keep(
      Statements statements, Connection connection, PluginVersion version, ByteString content)
      throws SQLException {
    int known =
        statements.run(
            DESCRIBE_AGAIN,
            version.fileName(),
            version.version(),
            version.language(),
            version.description(),
            version.actions(),
            version.requirements(),
            version.metadata(),
            version.name(),
            version.sha256());
    if (known == 0) {
      int number =
          Queries.first(connection, NEXT_NUMBER, row -> row.getInt("next"), version.name())
              .orElseThrow();
      statements.insert(
          "plugin_versions",
          columns(version).with("number", number).with("content", content.toArrayUnsafe()));
    }
  }

  /** A whole content. */
  public CompletionStage<Optional<ByteString>> content(String sha256) {
    return reads.first(CONTENT, row -> ByteString.fromArrayUnsafe(row.getBytes("content")), sha256);
  }

  /** A piece of a content, empty at its end. */
  public CompletionStage<Optional<Piece>> piece(String sha256, long offset, int length) {
    return reads.first(
        PIECE,
        row -> {
          byte[] bytes = row.getBytes("piece");
          return new Piece(
              bytes == null ? ByteString.emptyByteString() : ByteString.fromArrayUnsafe(bytes),
              row.getLong("total"));
        },
        offset + 1,
        length,
        sha256);
  }

  /** What the folder brought last, by file. */
  public CompletionStage<List<Import>> imports() {
    return reads.list(
        "SELECT * FROM plugin_imports ORDER BY file_name",
        row ->
            new Import(
                row.getString("file_name"),
                row.getString("sha256"),
                row.getString("error"),
                TimeText.parse(row.getString("imported_at"))));
  }

  /** Remembers what the folder brought. */
  public CompletionStage<Done> recordImport(Import imported) {
    return writer.transaction(
        (statements, connection) -> {
          statements.upsert(
              "plugin_imports",
              new Row()
                  .with("file_name", imported.fileName())
                  .with("sha256", imported.sha256())
                  .with("error", imported.error())
                  .with("imported_at", imported.at()));
          return Done.getInstance();
        });
  }

  /** The folder has no such file any more. */
  public CompletionStage<Done> forgetImport(String fileName) {
    return writer.transaction(
        (statements, connection) -> {
          statements.run("DELETE FROM plugin_imports WHERE file_name = ?", fileName);
          return Done.getInstance();
        });
  }

  private static Row columns(PluginVersion version) {
    return new Row()
        .with("name", version.name())
        .with("sha256", version.sha256())
        .with("file_name", version.fileName())
        .with("version", version.version())
        .with("language", version.language())
        .with("description", version.description())
        .with("actions", version.actions())
        .with("requirements", version.requirements())
        .with("metadata", version.metadata())
        .with("size", version.size())
        .with("created_at", version.createdAt())
        .with("created_by", version.createdBy());
  }

  private static PluginVersion version(ResultSet row) throws SQLException {
    return new PluginVersion(
        row.getString("name"),
        row.getString("sha256"),
        row.getString("file_name"),
        row.getString("version"),
        row.getString("language"),
        row.getString("description"),
        row.getString("actions"),
        row.getString("requirements"),
        row.getString("metadata"),
        row.getLong("size"),
        TimeText.parse(row.getString("created_at")),
        row.getString("created_by"));
  }

  private static KeptVersion kept(ResultSet row) throws SQLException {
    return new KeptVersion(
        version(row),
        row.getInt("number"),
        Source.parse(row.getString("source")),
        TimeText.parse(row.getString("changed_at")),
        row.getString("changed_by"),
        row.getBoolean("serving"));
  }

  private static PluginUse use(ResultSet row) throws SQLException {
    return new PluginUse(
        row.getString("kind"), row.getString("id"), row.getString("name"), row.getString("status"));
  }

  private static Optional<Serving> serving(Connection connection, String name) throws SQLException {
    return Queries.first(connection, SERVING + " WHERE v.name = ?", PluginRows::serving, name);
  }

  private static Serving serving(ResultSet row) throws SQLException {
    return new Serving(
        version(row),
        TimeText.parse(row.getString("updated_at")),
        row.getString("updated_by"),
        Source.parse(row.getString("source")));
  }

  /**
   * A version that serves.
   *
   * @param since when it began to
   * @param by who made it serve: a user, or the folder
   * @param source how it came to serve
   */
  public record Serving(PluginVersion version, Instant since, String by, Source source) {}

  /** A piece of a content and the whole content's size. */
  public record Piece(ByteString bytes, long total) {}

  /**
   * A file as it was when the folder was last read.
   *
   * @param error why it does not serve; null when it was taken in
   */
  public record Import(String fileName, String sha256, @Nullable String error, Instant at) {}
}

package io.octopus.coordinator.store;

import akka.Done;
import akka.util.ByteString;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The plugins' files, every version of them, and which one serves: primary data, fsynced. Contents
 * are never overwritten, and stay when their plugin is deleted: an execution may have pinned one.
 */
public final class PluginRows {

  private static final String VERSION =
      """
      SELECT v.name, v.sha256, v.file_name, v.version, v.language, v.description, v.actions,
        v.metadata, v.size, v.created_at, v.created_by
      FROM plugin_versions v
      """;

  private static final String SERVING =
      VERSION.replace("v.created_by", "v.created_by, p.updated_at, p.updated_by")
          + " JOIN plugins p ON p.name = v.name AND p.sha256 = v.sha256";

  private static final String VERSIONS =
      VERSION + " WHERE v.name = ? ORDER BY v.created_at DESC, v.sha256";

  private static final String DESCRIBE_AGAIN =
      """
      UPDATE plugin_versions SET file_name = ?, version = ?, language = ?, description = ?,
        actions = ?, metadata = ?
      WHERE name = ? AND sha256 = ?
      """;

  private static final String SERVE =
      """
      INSERT INTO plugins
        (name, version, sha256, language, description, actions, updated_at, updated_by)
      SELECT name, version, sha256, language, description, actions, ?, ? FROM plugin_versions
      WHERE name = ? AND sha256 = ?
      """;

  private static final String CONTENT =
      "SELECT content FROM plugin_versions WHERE sha256 = ? LIMIT 1";

  private static final String PIECE =
      """
      SELECT substr(content, ?, ?) AS piece, size AS total FROM plugin_versions
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

  /** Every version of a plugin, newest first. */
  public CompletionStage<List<PluginVersion>> versions(String name) {
    return reads.list(VERSIONS, PluginRows::version, name);
  }

  /**
   * Keeps a content, if it is new, and makes it serve.
   *
   * @param version what is known of it now; when and by whom it was first brought stays
   */
  public CompletionStage<Serving> serve(
      PluginVersion version, ByteString content, Instant at, String by) {
    return writer.transaction(
        (statements, connection) -> {
          keep(statements, version, content);
          statements.run("DELETE FROM plugins WHERE name = ?", version.name());
          statements.run(SERVE, at, by, version.name(), version.sha256());
          return Queries.first(
                  connection, SERVING + " WHERE v.name = ?", PluginRows::serving, version.name())
              .orElseThrow();
        });
  }

  private static void keep(Statements statements, PluginVersion version, ByteString content)
      throws SQLException {
    int known =
        statements.run(
            DESCRIBE_AGAIN,
            version.fileName(),
            version.version(),
            version.language(),
            version.description(),
            version.actions(),
            version.metadata(),
            version.name(),
            version.sha256());
    if (known == 0) {
      statements.insert("plugin_versions", columns(version, content));
    }
  }

  /** From now on nothing serves under this name. False when nothing did. */
  public CompletionStage<Boolean> delete(String name) {
    return writer.transaction(
        (statements, connection) -> statements.run("DELETE FROM plugins WHERE name = ?", name) > 0);
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

  private static Row columns(PluginVersion version, ByteString content) {
    return new Row()
        .with("name", version.name())
        .with("sha256", version.sha256())
        .with("file_name", version.fileName())
        .with("version", version.version())
        .with("language", version.language())
        .with("description", version.description())
        .with("actions", version.actions())
        .with("metadata", version.metadata())
        .with("size", version.size())
        .with("created_at", version.createdAt())
        .with("created_by", version.createdBy())
        .with("content", content.toArrayUnsafe());
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
        row.getString("metadata"),
        row.getLong("size"),
        TimeText.parse(row.getString("created_at")),
        row.getString("created_by"));
  }

  private static Serving serving(ResultSet row) throws SQLException {
    return new Serving(
        version(row), TimeText.parse(row.getString("updated_at")), row.getString("updated_by"));
  }

  /**
   * A version that serves.
   *
   * @param since when it began to
   * @param by who made it serve: a user, or the folder
   */
  public record Serving(PluginVersion version, Instant since, String by) {}

  /** A piece of a content and the whole content's size. */
  public record Piece(ByteString bytes, long total) {}

  /**
   * A file as it was when the folder was last read.
   *
   * @param error why it does not serve; null when it was taken in
   */
  public record Import(String fileName, String sha256, @Nullable String error, Instant at) {}
}

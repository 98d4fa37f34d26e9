package io.octopus.coordinator.store;

import akka.persistence.SnapshotMetadata;
import akka.persistence.jdbc.config.SnapshotConfig;
import akka.persistence.jdbc.snapshot.dao.DefaultSnapshotDao;
import akka.serialization.Serialization;
import akka.stream.Materializer;
import scala.Option;
import scala.Tuple2;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import slick.jdbc.JdbcBackend.DatabaseDef;
import slick.jdbc.JdbcProfile;

/**
 * Snapshots, which it does not look for where there can be none. Set as {@code
 * jdbc-snapshot-store.dao}; the snapshot store makes it, by this constructor.
 */
public final class SparingSnapshotDao extends DefaultSnapshotDao {

  private final FreshIds fresh;

  public SparingSnapshotDao(
      DatabaseDef database,
      JdbcProfile profile,
      SnapshotConfig config,
      Serialization serialization,
      ExecutionContext executionContext,
      Materializer materializer) {
    super(database, profile, config, serialization, executionContext, materializer);
    this.fresh = FreshIds.get(serialization.system());
  }

  @Override
  public Future<Option<Tuple2<SnapshotMetadata, Object>>> latestSnapshot(String persistenceId) {
    return fresh.contains(persistenceId)
        ? Future.successful(Option.empty())
        : super.latestSnapshot(persistenceId);
  }
}

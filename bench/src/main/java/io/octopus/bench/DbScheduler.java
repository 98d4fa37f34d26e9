package io.octopus.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The reference: db-scheduler doing no-op one-time tasks on SQLite with an fsync per commit. */
final class DbScheduler implements AutoCloseable {

  private static final int THREADS = 10;

  private final TemporaryFolder folder;
  private final HikariDataSource database;
  private final OneTimeTask<Void> task;
  private final Scheduler scheduler;
  private final AtomicInteger number = new AtomicInteger();
  private volatile CountDownLatch done = new CountDownLatch(0);

  DbScheduler() throws IOException, SQLException {
    folder = TemporaryFolder.create();
    var config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:sqlite:"
            + folder.path().resolve("scheduler.db")
            + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000");
    config.setMaximumPoolSize(THREADS + 4);
    database = new HikariDataSource(config);
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE scheduled_tasks (
            task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BLOB,
            execution_time INTEGER NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT,
            last_success INTEGER, last_failure INTEGER, consecutive_failures INTEGER,
            last_heartbeat INTEGER, version INTEGER NOT NULL, priority INTEGER,
            PRIMARY KEY (task_name, task_instance))
          """);
      statement.execute("CREATE INDEX by_time ON scheduled_tasks (execution_time)");
      statement.execute("CREATE INDEX by_heartbeat ON scheduled_tasks (last_heartbeat)");
    }
    task = Tasks.oneTime("no-op", Void.class).execute((instance, context) -> done.countDown());
    scheduler =
        Scheduler.create(database, task)
            .jdbcCustomization(new SqliteJdbcCustomization())
            .threads(THREADS)
            .pollingInterval(Duration.ofMillis(50))
            .enableImmediateExecution()
            .build();
    scheduler.start();
  }

  /** Schedules so many tasks, from as many threads as the other contestant has connections. */
  void run(int times, int submitters) throws InterruptedException {
    done = new CountDownLatch(times);
    var left = new AtomicInteger(times);
    var threads = Executors.newFixedThreadPool(submitters);
    try {
      var work = new ArrayList<Callable<Void>>();
      for (int n = 0; n < submitters; n++) {
        work.add(() -> submitUntilNoneIsLeft(left));
      }
      for (var submitted : threads.invokeAll(work)) {
        submitted.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a task was not scheduled", failed.getCause());
    } finally {
      threads.shutdownNow();
    }
    if (!done.await(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException(done.getCount() + " tasks did not run");
    }
  }

  private Void submitUntilNoneIsLeft(AtomicInteger left) {
    while (left.getAndDecrement() > 0) {
      scheduler.schedule(task.instance("t" + number.incrementAndGet()), Instant.now());
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    scheduler.stop();
    database.close();
    folder.close();
  }
}

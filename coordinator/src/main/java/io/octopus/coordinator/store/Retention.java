package io.octopus.coordinator.store;

import akka.Done;
import io.octopus.protocol.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Takes away what is older than it must be kept, a little at a time: each step is one short
 * transaction, so that the journal's writes go on between them.
 *
 * <p>Of a task's events go those that a snapshot covers and that are older than the runs that are
 * kept. The first stays, which says who made the task and when, and the newest, which says what
 * became of it: with them and the snapshot the rows can be made again.
 */
public final class Retention {

  /** So many rows a transaction takes away at most. */
  static final int BATCH = 300;

  private final ReadPool reads;
  private final SideWriter writer;
  private final List<Belongings> belongings;
  private final InstantSource clock;

  Retention(ReadPool reads, SideWriter writer, List<Belongings> belongings, InstantSource clock) {
    this.reads = reads;
    this.writer = writer;
    this.belongings = List.copyOf(belongings);
    this.clock = clock;
  }

  /** What belongs to executions outside their rows, and goes before them. */
  public interface Belongings {
    CompletionStage<Done> forget(List<ExecutionId> executions);
  }

  /**
   * What is kept.
   *
   * @param keep finished runs, and the events of live tasks
   * @param auditKeep the audit trail
   * @param runs of each task at most so many finished runs
   */
  public record Limits(Duration keep, Duration auditKeep, int runs) {}

  /** What a step did. */
  public enum Step {
    /** It took something away; there may be more. */
    TOOK_AWAY,
    /** It found nothing where it looked, and there is more to look at. */
    LOOKED,
    /** There is nothing more to take away now. */
    ALL_DONE
  }

  /** Begins to look through everything, for what is too old now. */
  public Pass begin(Limits limits) {
    return new Pass(limits, clock.instant());
  }

  /** One way through everything. Its steps come one after another. */
  public final class Pass {

    private final List<Function<Pass, CompletionStage<Step>>> parts =
        List.of(
            pass -> pass.runs.takeOld(),
            pass -> pass.runs.takeSurplus(),
            pass -> pass.events.take(),
            pass -> pass.takeDeletedTasks(),
            pass -> pass.takeAuditLines());
    private final Limits limits;
    private final Instant now;
    private final OldRuns runs;
    private final OldEvents events;
    private int part;

    private Pass(Limits limits, Instant now) {
      this.limits = limits;
      this.now = now;
      this.runs = new OldRuns(reads, writer, belongings, limits, now);
      this.events = new OldEvents(reads, writer, limits, now);
    }

    /** Does the next bit. */
    public CompletionStage<Step> step() {
      if (part == parts.size()) {
        return CompletableFuture.completedStage(Step.ALL_DONE);
      }
      return parts
          .get(part)
          .apply(this)
          .thenApply(
              step -> {
                if (step == Step.ALL_DONE) {
                  part++;
                  return Step.LOOKED;
                }
                return step;
              });
    }

    private CompletionStage<Step> takeDeletedTasks() {
      return writer.transaction(
          (statements, connection) ->
              DeletedTasks.take(statements, connection, now.minus(limits.keep()), BATCH)
                  ? Step.TOOK_AWAY
                  : Step.ALL_DONE);
    }

    private CompletionStage<Step> takeAuditLines() {
      return writer.transaction(
          (statements, connection) ->
              AuditTrail.takeBefore(statements, now.minus(limits.auditKeep()), BATCH) > 0
                  ? Step.TOOK_AWAY
                  : Step.ALL_DONE);
    }
  }
}

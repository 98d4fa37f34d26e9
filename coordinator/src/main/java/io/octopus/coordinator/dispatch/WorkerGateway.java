package io.octopus.coordinator.dispatch;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import io.octopus.coordinator.fleet.Fleet;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.Tasks;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.OutputChunk;
import io.octopus.protocol.work.StoredResult;
import io.octopus.protocol.work.WorkerProtocol;
import io.octopus.protocol.work.WorkerProtocol.Acknowledge;
import io.octopus.protocol.work.WorkerProtocol.Credit;
import io.octopus.protocol.work.WorkerProtocol.FetchPlugin;
import io.octopus.protocol.work.WorkerProtocol.FileStored;
import io.octopus.protocol.work.WorkerProtocol.KeepInTouch;
import io.octopus.protocol.work.WorkerProtocol.Leaving;
import io.octopus.protocol.work.WorkerProtocol.OutputStored;
import io.octopus.protocol.work.WorkerProtocol.Progress;
import io.octopus.protocol.work.WorkerProtocol.Register;
import io.octopus.protocol.work.WorkerProtocol.Report;
import io.octopus.protocol.work.WorkerProtocol.StartAnswer;
import io.octopus.protocol.work.WorkerProtocol.StoreFile;
import io.octopus.protocol.work.WorkerProtocol.StoreOutput;
import io.octopus.protocol.work.WorkerProtocol.ToCoordinator;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's door for workers: every coordinator has one, any of them serves any worker. Hands
 * each message to whom it concerns and the answer back; keeps nothing that a worker would not say
 * again.
 */
public final class WorkerGateway extends AbstractBehavior<WorkerGateway.Command> {

  /** Everything the gateway reacts to. */
  public sealed interface Command {}

  private record FromWorker(ToCoordinator message) implements Command {}

  private record Reported(TaskId task, List<Waiting> batch, TaskCommand.@Nullable Reported answer)
      implements Command {}

  private record Stored(ActorRef<ToWorker> link, AttemptId attempt, @Nullable Long upTo)
      implements Command {}

  private record FileKept(
      ActorRef<ToWorker> link, AttemptId attempt, AttemptFile file, @Nullable Long upTo)
      implements Command {}

  private record Looked(AttemptReport report, ActorRef<ToWorker> link, @Nullable Boolean isThere)
      implements Command {}

  private record Waiting(AttemptReport report, ActorRef<ToWorker> link) {}

  /** Keeps what executions print. */
  public interface OutputKeeper {
    /** Answers the offset up to which the attempt's output is stored without a gap. */
    CompletionStage<Long> append(AttemptId attempt, List<OutputChunk> chunks);
  }

  /** Keeps large results and the files that plugins leave. */
  public interface FileKeeper {
    /** Answers the offset up to which the file is stored without a gap. */
    CompletionStage<Long> append(AttemptId attempt, AttemptFile file, long offset, byte[] bytes);

    /** Whether all of a result is stored, for good. */
    CompletionStage<Boolean> has(AttemptId attempt, StoredResult result);
  }

  /** Keeps how far executions say they are. */
  public interface ProgressKeeper {
    CompletionStage<Done> write(AttemptId attempt, double fraction, String message);
  }

  /** Whom the gateway hands things to. */
  public record Receivers(
      ActorRef<Fleet.Command> fleet,
      ActorRef<WorkerRouter.Command> router,
      ActorRef<FetchPlugin> plugins,
      Tasks tasks,
      OutputKeeper output,
      FileKeeper files,
      ProgressKeeper progress) {}

  private static final long BATCH = 1024 * 1024;

  private final Receivers receivers;

  /** Reports that came while their task was busy with earlier ones: one commit takes them all. */
  private final Map<TaskId, List<Waiting>> gathered = new HashMap<>();

  /** The gateway, found by workers under {@link WorkerProtocol#COORDINATORS}. */
  public static Behavior<Command> create(Receivers receivers) {
    return Behaviors.setup(context -> new WorkerGateway(context, receivers));
  }

  private WorkerGateway(ActorContext<Command> context, Receivers receivers) {
    super(context);
    this.receivers = receivers;
    var door = context.messageAdapter(ToCoordinator.class, FromWorker::new);
    context
        .getSystem()
        .receptionist()
        .tell(Receptionist.register(WorkerProtocol.COORDINATORS, door));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromWorker.class, this::onFromWorker)
        .onMessage(Reported.class, this::onReported)
        .onMessage(Stored.class, this::onStored)
        .onMessage(FileKept.class, this::onFileKept)
        .onMessage(Looked.class, this::onLooked)
        .build();
  }

  private Behavior<Command> onFromWorker(FromWorker from) {
    var message = from.message();
    if (message instanceof Register register) {
      receivers.fleet().tell(new Fleet.Admit(register));
    } else if (message instanceof KeepInTouch touch) {
      receivers.fleet().tell(new Fleet.Touch(touch));
    } else if (message instanceof Leaving leaving) {
      receivers.fleet().tell(new Fleet.Leave(leaving));
    } else if (message instanceof Credit credit) {
      receivers.router().tell(new WorkerRouter.CreditIs(credit));
    } else if (message instanceof StartAnswer answer) {
      receivers.router().tell(new WorkerRouter.StartAnswered(answer));
    } else if (message instanceof Report report) {
      onReport(report);
    } else if (message instanceof StoreOutput output) {
      onStoreOutput(output);
    } else if (message instanceof StoreFile piece) {
      onStoreFile(piece);
    } else if (message instanceof Progress progress) {
      // a lost word on progress is followed by the next
      receivers.progress().write(progress.attempt(), progress.fraction(), progress.message());
    } else if (message instanceof FetchPlugin fetch) {
      receivers.plugins().tell(fetch);
    }
    return this;
  }

  private void onReport(Report report) {
    report.reports().stream()
        .filter(one -> one.outcome().storedResult().isPresent())
        .forEach(one -> lookForResult(one, report.link()));
    handOn(
        report.reports().stream()
            .filter(one -> one.outcome().storedResult().isEmpty())
            .map(one -> new Waiting(one, report.link()))
            .toList());
  }

  private void handOn(List<Waiting> reports) {
    var byTask =
        reports.stream().collect(Collectors.groupingBy(one -> one.report().attempt().task()));
    byTask.forEach(
        (task, waiting) -> {
          var busy = gathered.get(task);
          if (busy == null) {
            gathered.put(task, new ArrayList<>());
            ask(task, waiting);
          } else {
            busy.addAll(waiting);
          }
        });
  }

  /** An event must not refer to a result that is not stored. */
  private void lookForResult(AttemptReport report, ActorRef<ToWorker> link) {
    getContext()
        .pipeToSelf(
            receivers.files().has(report.attempt(), report.outcome().storedResult().orElseThrow()),
            (isThere, failure) -> new Looked(report, link, isThere));
  }

  private Behavior<Command> onLooked(Looked looked) {
    if (Boolean.TRUE.equals(looked.isThere())) {
      handOn(List.of(new Waiting(looked.report(), looked.link())));
    } else if (looked.isThere() != null) {
      getContext().getLog().warn("the result of {} is not here", looked.report().attempt());
      var file = looked.report().outcome().storedResult().orElseThrow().file();
      looked.link().tell(new FileStored(looked.report().attempt(), file, 0));
    }
    return this;
  }

  private void ask(TaskId task, List<Waiting> batch) {
    var reports = batch.stream().map(Waiting::report).distinct().toList();
    getContext()
        .pipeToSelf(
            receivers
                .tasks()
                .<TaskCommand.Reported>ask(
                    task, replyTo -> new TaskCommand.ReportAttempts(reports, replyTo)),
            (answer, failure) -> new Reported(task, batch, answer));
  }

  /** Without an answer nothing is acknowledged: the workers report again. */
  private Behavior<Command> onReported(Reported reported) {
    var answer = reported.answer();
    if (answer != null) {
      answer
          .refused()
          .forEach(attempt -> getContext().getLog().info("report of {} refused: stale", attempt));
      reported.batch().stream()
          .collect(
              Collectors.groupingBy(
                  Waiting::link,
                  Collectors.mapping(one -> one.report().attempt(), Collectors.toList())))
          .forEach((link, attempts) -> link.tell(new Acknowledge(attempts)));
    }
    var next = gathered.getOrDefault(reported.task(), List.of());
    if (next.isEmpty()) {
      gathered.remove(reported.task());
    } else {
      var fitting = fitting(next);
      gathered.put(reported.task(), new ArrayList<>(next.subList(fitting, next.size())));
      ask(reported.task(), List.copyOf(next.subList(0, fitting)));
    }
    return this;
  }

  /** How many of these reports fit a message, for the task may be on another coordinator. */
  private static int fitting(List<Waiting> reports) {
    var count = 0;
    for (var size = 0L; count < reports.size(); count++) {
      size += reports.get(count).report().bytesInMessage();
      if (size > BATCH && count > 0) {
        break;
      }
    }
    return count;
  }

  private void onStoreOutput(StoreOutput output) {
    getContext()
        .pipeToSelf(
            receivers.output().append(output.attempt(), output.chunks()),
            (upTo, failure) -> new Stored(output.link(), output.attempt(), upTo));
  }

  /** What could not be stored is sent again. */
  private Behavior<Command> onStored(Stored stored) {
    if (stored.upTo() != null) {
      stored.link().tell(new OutputStored(stored.attempt(), stored.upTo()));
    }
    return this;
  }

  private void onStoreFile(StoreFile piece) {
    var bytes = Base64.getDecoder().decode(piece.base64());
    getContext()
        .pipeToSelf(
            receivers.files().append(piece.attempt(), piece.file(), piece.offset(), bytes),
            (upTo, failure) -> new FileKept(piece.link(), piece.attempt(), piece.file(), upTo));
  }

  /** What could not be stored is sent again. */
  private Behavior<Command> onFileKept(FileKept kept) {
    if (kept.upTo() != null) {
      kept.link().tell(new FileStored(kept.attempt(), kept.file(), kept.upTo()));
    }
    return this;
  }
}

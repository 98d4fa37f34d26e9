package io.octopus.protocol.work;

import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.ServiceKey;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.CborSerializable;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversation between workers and coordinators.
 *
 * <p>Worker: {@link Register} until {@link Admitted} or {@link NotAdmitted}; then {@link
 * KeepInTouch} every second. Coordinator: {@link Reserve} a slot, then, once the attempt is granted
 * in the journal, {@link Start} until it is answered. Worker: {@link StoreOutput} until {@link
 * OutputStored} and {@link StoreFile} until {@link FileStored}, then {@link Report} until {@link
 * Acknowledge}.
 */
public final class WorkerProtocol {

  /** Under this key every coordinator's door for workers is found. */
  public static final ServiceKey<ToCoordinator> COORDINATORS =
      ServiceKey.create(ToCoordinator.class, "octopus-coordinators");

  /** Under this key every worker's link is found. */
  public static final ServiceKey<ToWorker> WORKERS =
      ServiceKey.create(ToWorker.class, "octopus-workers");

  private WorkerProtocol() {}

  /** What workers say. */
  public sealed interface ToCoordinator extends CborSerializable {}

  /**
   * Asks to be admitted, and says what this process already has: attempts that run and results that
   * wait to be delivered. Attempts the coordinator believes here that are in neither list never
   * started or are lost.
   */
  public record Register(
      WorkerName worker,
      Incarnation incarnation,
      WorkerCapabilities capabilities,
      List<AttemptId> running,
      List<AttemptId> waiting,
      ActorRef<ToWorker> link)
      implements ToCoordinator {

    public Register {
      running = List.copyOf(running);
      waiting = List.copyOf(waiting);
    }
  }

  /** Sent every second while admitted; answered with {@link InTouch}. */
  public record KeepInTouch(WorkerName worker, Incarnation incarnation, ActorRef<ToWorker> link)
      implements ToCoordinator {}

  /** This worker leaves in good order: it finished or gave up what it ran. */
  public record Leaving(WorkerName worker, Incarnation incarnation) implements ToCoordinator {}

  /**
   * How many executions this coordinator may start here, and which run: said to every coordinator
   * whenever it changes. With several coordinators each is promised a part of the free slots.
   */
  public record Credit(
      WorkerName worker, Incarnation incarnation, int free, List<AttemptId> running)
      implements ToCoordinator {

    public Credit {
      running = List.copyOf(running);
    }
  }

  /**
   * The worker's word on a {@link Start}, said to every coordinator. It never overtakes a {@link
   * Credit}, so that a coordinator knows which of its starts a credit counts already.
   *
   * @param accepted whether the attempt runs or ran in this process
   * @param refusal why not, if it was not accepted: nothing was started and nothing will be
   * @param free as in a credit, after this answer
   */
  public record StartAnswer(
      WorkerName worker,
      Incarnation incarnation,
      AttemptId attempt,
      boolean accepted,
      @Nullable String refusal,
      int free)
      implements ToCoordinator {

    /** The refusal of a worker that could start the attempt as soon as a slot is free. */
    public static final String NO_FREE_SLOT = "no free slot";

    /** Whether it is worth asking again when a slot is free. */
    public boolean waitsForSlot() {
      return !accepted && NO_FREE_SLOT.equals(refusal);
    }
  }

  /**
   * How attempts ended. Repeated until each is acknowledged. At most about 1 MiB in one message.
   */
  public record Report(List<AttemptReport> reports, ActorRef<ToWorker> link)
      implements ToCoordinator {

    public Report {
      reports = List.copyOf(reports);
    }
  }

  /** Output of one attempt, in order. Repeated until stored. At most 128 KiB in one message. */
  public record StoreOutput(AttemptId attempt, List<OutputChunk> chunks, ActorRef<ToWorker> link)
      implements ToCoordinator {

    public StoreOutput {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * A piece of one of an attempt's files, from {@code offset}. Repeated until {@link FileStored}
   * says how far the file is stored; then the next piece. At most {@link #FILE_PIECE} bytes.
   */
  public record StoreFile(
      AttemptId attempt, AttemptFile file, long offset, String base64, ActorRef<ToWorker> link)
      implements ToCoordinator {}

  /** The most bytes of a file in one message. */
  public static final int FILE_PIECE = 128 * 1024;

  /** How far a running attempt says it is. May be lost. */
  public record Progress(AttemptId attempt, double fraction, String message)
      implements ToCoordinator {}

  /** Asks for a piece of a plugin's file. */
  public record FetchPlugin(String sha256, long offset, ActorRef<PluginChunk> replyTo)
      implements ToCoordinator {}

  /**
   * A piece of a plugin's file, at most 128 KiB.
   *
   * @param total the whole file's size in bytes; -1 when no such content is known
   * @param base64 the bytes, empty at the end
   */
  public record PluginChunk(String sha256, long offset, long total, String base64)
      implements CborSerializable {}

  /** What coordinators say. */
  public sealed interface ToWorker extends CborSerializable {}

  /**
   * The worker is a member of the fleet now.
   *
   * @param stableAfter after this long without contact its movable work is given to others
   * @param recoveryGrace how long a freshly started coordinator gives nobody's work away
   */
  public record Admitted(Duration stableAfter, Duration recoveryGrace) implements ToWorker {}

  /** The worker is not wanted, for good: its process says why and ends. */
  public record NotAdmitted(String message) implements ToWorker {}

  /** Answers {@link KeepInTouch}. A worker that is not known registers again. */
  public record InTouch(boolean known) implements ToWorker {}

  /** Asks a process whether it is still alive, before another may take its name. */
  public record AreYouThere(ActorRef<StillHere> replyTo) implements ToWorker {}

  /** The answer of a live process. */
  public record StillHere(WorkerName worker, Incarnation incarnation) implements CborSerializable {}

  /**
   * Starts a granted attempt. A process starts an attempt at most once, however often it is asked;
   * the answer is {@link StartAnswer}.
   */
  public record Start(StartOrder order) implements ToWorker {}

  /** Ends the attempt's process tree. Its outcome is of no interest any more. */
  public record Stop(AttemptId attempt, String why) implements ToWorker {}

  /** These reports are stored or were not needed: the spool may forget them. */
  public record Acknowledge(List<AttemptId> attempts) implements ToWorker {

    public Acknowledge {
      attempts = List.copyOf(attempts);
    }
  }

  /** The attempt's output is stored up to this offset, exclusive. */
  public record OutputStored(AttemptId attempt, long upTo) implements ToWorker {}

  /**
   * The file is stored up to this offset, exclusive, and is to be sent from there; all of it when
   * that is its size. Also said without being asked when a report's result is not there.
   */
  public record FileStored(AttemptId attempt, AttemptFile file, long upTo) implements ToWorker {}

  /** The coordinator ends in good order: nobody gives this worker's work away meanwhile. */
  public record Goodbye() implements ToWorker {}
}

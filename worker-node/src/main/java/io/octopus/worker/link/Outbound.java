package io.octopus.worker.link;

import akka.actor.typed.ActorRef;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.AttemptReport;
import io.octopus.protocol.work.OutputChunk;
import io.octopus.protocol.work.WorkerProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the work has to say to coordinators, before a link has put its own address on it. Lost while
 * there is no link: whoever needs an answer says it again.
 */
public sealed interface Outbound extends Uplink.Command, CoordinatorLink.Command {

  /**
   * Whether an attempt was started.
   *
   * @param refusal why not, if it was not accepted
   * @param free how many more could be started after it
   */
  record StartAnswered(AttemptId attempt, boolean accepted, @Nullable String refusal, int free)
      implements Outbound {}

  /** How attempts ended; at most about 1 MiB at once. */
  record Reports(List<AttemptReport> reports) implements Outbound {}

  /** Output of an attempt; at most 128 KiB at once. */
  record Output(AttemptId attempt, List<OutputChunk> chunks) implements Outbound {}

  /** A piece of an attempt's file. */
  record FilePiece(AttemptId attempt, AttemptFile file, long offset, String base64)
      implements Outbound {}

  /** How far an attempt says it is. */
  record Progress(AttemptId attempt, double fraction, String message) implements Outbound {}

  /** Asks for a piece of a plugin's file; not answered when no coordinator answers in time. */
  record Fetch(String sha256, long offset, ActorRef<WorkerProtocol.PluginChunk> replyTo)
      implements Outbound {}
}

package io.octopus.worker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.octopus.protocol.work.WorkerProtocol;
import io.octopus.worker.execution.ExecutionSlots;
import io.octopus.worker.execution.FileSender;
import io.octopus.worker.execution.OutputStreamer;
import io.octopus.worker.link.Delivery;

/** Hands what coordinators say about attempts to whom it concerns. */
final class Switchboard {

  private Switchboard() {}

  static Behavior<WorkerProtocol.ToWorker> create(
      ActorRef<ExecutionSlots.Command> slots,
      ActorRef<Delivery.Command> delivery,
      ActorRef<OutputStreamer.Command> streamer,
      ActorRef<FileSender.Command> files) {
    return Behaviors.receive(WorkerProtocol.ToWorker.class)
        .onMessage(
            WorkerProtocol.Start.class,
            start -> {
              slots.tell(new ExecutionSlots.Start(start.order()));
              return Behaviors.same();
            })
        .onMessage(
            WorkerProtocol.Stop.class,
            stop -> {
              slots.tell(new ExecutionSlots.Stop(stop.attempt(), stop.why()));
              return Behaviors.same();
            })
        .onMessage(
            WorkerProtocol.Acknowledge.class,
            done -> {
              delivery.tell(new Delivery.Acknowledged(done.attempts()));
              streamer.tell(new OutputStreamer.Forget(done.attempts()));
              files.tell(new FileSender.Forget(done.attempts()));
              return Behaviors.same();
            })
        .onMessage(
            WorkerProtocol.OutputStored.class,
            stored -> {
              streamer.tell(new OutputStreamer.Stored(stored.attempt(), stored.upTo()));
              return Behaviors.same();
            })
        .onMessage(
            WorkerProtocol.FileStored.class,
            stored -> {
              files.tell(new FileSender.Stored(stored.attempt(), stored.file(), stored.upTo()));
              return Behaviors.same();
            })
        .build();
  }
}

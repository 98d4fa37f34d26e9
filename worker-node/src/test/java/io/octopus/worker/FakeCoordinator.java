package io.octopus.worker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;
import io.octopus.protocol.work.AttemptFile;
import io.octopus.protocol.work.AttemptOutcome;
import io.octopus.protocol.work.StartOrder;
import io.octopus.protocol.work.WorkerProtocol;
import io.octopus.protocol.work.WorkerProtocol.ToCoordinator;
import io.octopus.protocol.work.WorkerProtocol.ToWorker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A coordinator that admits workers, serves one plugin and remembers what it was told. */
final class FakeCoordinator {

  static final byte[] PLUGIN = "def main(): pass\n".getBytes(StandardCharsets.UTF_8);

  private static final Duration STABLE_AFTER = Duration.ofSeconds(5);
  private static final Duration RECOVERY_GRACE = Duration.ofSeconds(30);

  final List<WorkerProtocol.Register> registered = new CopyOnWriteArrayList<>();
  final List<WorkerProtocol.Credit> credits = new CopyOnWriteArrayList<>();
  final List<WorkerProtocol.Leaving> left = new CopyOnWriteArrayList<>();
  final List<WorkerProtocol.StartAnswer> answers = new CopyOnWriteArrayList<>();
  final Map<AttemptId, AttemptOutcome> outcomes = new ConcurrentHashMap<>();
  final Map<AttemptId, String> output = new ConcurrentHashMap<>();
  final Map<AttemptId, Map<AttemptFile, byte[]>> files = new ConcurrentHashMap<>();
  final AtomicInteger filePieces = new AtomicInteger();
  volatile int filePiecesToLose;
  volatile boolean acknowledges = true;

  private final Map<WorkerName, Incarnation> fleet = new ConcurrentHashMap<>();
  private final ActorSystem<ToCoordinator> system;

  FakeCoordinator(int port, Config akka) {
    system =
        ActorSystem.create(
            Behaviors.setup(this::behavior),
            "octopus",
            ConfigFactory.parseString(
                    """
                    akka.cluster.roles = [coordinator]
                    akka.cluster.seed-nodes = ["akka://octopus@127.0.0.1:%d"]
                    akka.coordinated-shutdown.run-by-actor-system-terminate = off
                    """
                        .formatted(port))
                .withValue("akka.remote.artery.canonical.port", ConfigValueFactory.fromAnyRef(port))
                .withFallback(akka));
  }

  private Behavior<ToCoordinator> behavior(ActorContext<ToCoordinator> context) {
    context
        .getSystem()
        .receptionist()
        .tell(Receptionist.register(WorkerProtocol.COORDINATORS, context.getSelf()));
    return Behaviors.receive(ToCoordinator.class)
        .onAnyMessage(
            message -> {
              hear(message);
              return Behaviors.same();
            })
        .build();
  }

  private void hear(ToCoordinator message) {
    if (message instanceof WorkerProtocol.Register register) {
      var known = fleet.putIfAbsent(register.worker(), register.incarnation());
      if (known == null || known.equals(register.incarnation())) {
        registered.add(register);
        register.link().tell(new WorkerProtocol.Admitted(STABLE_AFTER, RECOVERY_GRACE));
      } else {
        register.link().tell(new WorkerProtocol.NotAdmitted("the name is taken"));
      }
    } else if (message instanceof WorkerProtocol.KeepInTouch keep) {
      keep.link().tell(new WorkerProtocol.InTouch(fleet.containsKey(keep.worker())));
    } else if (message instanceof WorkerProtocol.Credit credit) {
      credits.add(credit);
    } else if (message instanceof WorkerProtocol.StartAnswer answer) {
      answers.add(answer);
    } else if (message instanceof WorkerProtocol.Leaving leaving) {
      left.add(leaving);
    } else if (message instanceof WorkerProtocol.StoreOutput store) {
      store(store);
    } else if (message instanceof WorkerProtocol.StoreFile piece) {
      if (filePieces.incrementAndGet() > filePiecesToLose) {
        store(piece);
      }
    } else if (message instanceof WorkerProtocol.Report report && acknowledges) {
      report.reports().forEach(it -> outcomes.put(it.attempt(), it.outcome()));
      report
          .link()
          .tell(
              new WorkerProtocol.Acknowledge(
                  report.reports().stream().map(it -> it.attempt()).toList()));
    } else if (message instanceof WorkerProtocol.FetchPlugin fetch) {
      fetch
          .replyTo()
          .tell(
              new WorkerProtocol.PluginChunk(
                  fetch.sha256(),
                  fetch.offset(),
                  PLUGIN.length,
                  Base64.getEncoder().encodeToString(PLUGIN)));
    }
  }

  private void store(WorkerProtocol.StoreOutput store) {
    for (var chunk : store.chunks()) {
      output.merge(
          store.attempt(),
          chunk.text(),
          (before, more) -> before.length() == chunk.offset() ? before + more : before);
      store
          .link()
          .tell(
              new WorkerProtocol.OutputStored(
                  store.attempt(), chunk.offset() + chunk.text().length()));
    }
  }

  private void store(WorkerProtocol.StoreFile piece) {
    var all = files.computeIfAbsent(piece.attempt(), attempt -> new ConcurrentHashMap<>());
    var before = all.getOrDefault(piece.file(), new byte[0]);
    if (before.length == piece.offset()) {
      var more = Base64.getDecoder().decode(piece.base64());
      var joined = Arrays.copyOf(before, before.length + more.length);
      System.arraycopy(more, 0, joined, before.length, more.length);
      before = joined;
      all.put(piece.file(), joined);
    }
    piece.link().tell(new WorkerProtocol.FileStored(piece.attempt(), piece.file(), before.length));
  }

  Map<AttemptFile, byte[]> filesOf(AttemptId attempt) {
    return files.getOrDefault(attempt, Map.of());
  }

  /** The result that the attempt's report refers to. */
  String storedResultOf(AttemptId attempt) {
    return Optional.ofNullable(outcomes.get(attempt))
        .flatMap(AttemptOutcome::storedResult)
        .flatMap(result -> Optional.ofNullable(filesOf(attempt).get(result.file())))
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .orElse("");
  }

  void start(StartOrder order) {
    worker().tell(new WorkerProtocol.Start(order));
  }

  ActorRef<ToWorker> worker() {
    return registered.get(registered.size() - 1).link();
  }

  /** Ends like a process that is killed: nothing is said to anybody. */
  void kill() throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}

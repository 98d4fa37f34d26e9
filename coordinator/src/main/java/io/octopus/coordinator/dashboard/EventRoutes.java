package io.octopus.coordinator.dashboard;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import akka.japi.Pair;
import akka.stream.BoundedSourceQueue;
import akka.stream.javadsl.Source;
import io.octopus.coordinator.http.EventStream;
import io.octopus.coordinator.http.EventStream.Event;

/** The call that listens to the live feed. */
public final class EventRoutes {
  private static final int BUFFERED = 256;

  private final ActorRef<LiveFeed.Command> feed;
  private final ActorSystem<?> system;

  public EventRoutes(ActorRef<LiveFeed.Command> feed, ActorSystem<?> system) {
    this.feed = feed;
    this.system = system;
  }

  public Route routes() {
    return path("events", () -> get(() -> extractRequest(request -> complete(listen(request)))));
  }

  private HttpResponse listen(HttpRequest request) {
    String lastEventId = request.getHeader("Last-Event-ID").map(HttpHeader::value).orElse(null);
    Pair<BoundedSourceQueue<Event>, Source<Event, NotUsed>> stream =
        Source.<Event>queue(BUFFERED).preMaterialize(system);
    BoundedSourceQueue<Event> queue = stream.first();
    feed.tell(new LiveFeed.Join(lastEventId, queue));
    return EventStream.of(
        stream
            .second()
            .watchTermination(
                (notUsed, ended) -> {
                  ended.whenComplete((done, failure) -> feed.tell(new LiveFeed.Leave(queue)));
                  return notUsed;
                }));
  }
}

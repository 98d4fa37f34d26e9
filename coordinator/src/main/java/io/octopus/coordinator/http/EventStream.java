package io.octopus.coordinator.http;

import akka.NotUsed;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers with server-sent events. A comment every few seconds keeps proxies and idle timeouts from
 * ending the stream, and lets us notice that the listener is gone.
 */
public final class EventStream {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final ByteString COMMENT = ByteString.fromString(": heartbeat\n\n");
  private static final ByteString OPENING = ByteString.fromString(": octopus\nretry: 2000\n\n");

  private EventStream() {}

  /**
   * One event.
   *
   * @param name null for an event that only sets the listener's last id
   * @param data JSON on one line
   */
  public record Event(@Nullable String name, String id, String data) {

    /** Only says where the listener may resume. */
    public static Event mark(String id) {
      return new Event(null, id, "");
    }

    ByteString bytes() {
      return ByteString.fromString(
          name == null
              ? "id: " + id + "\n\n"
              : "event: " + name + "\nid: " + id + "\ndata: " + data + "\n\n");
    }
  }

  /** The answer that goes on as long as the events do. */
  public static HttpResponse of(Source<Event, NotUsed> events) {
    Source<ByteString, NotUsed> bytes =
        Source.single(OPENING).concat(events.map(Event::bytes)).keepAlive(HEARTBEAT, () -> COMMENT);
    return HttpResponse.create()
        .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
        .withEntity(HttpEntities.create(MediaTypes.TEXT_EVENT_STREAM.toContentType(), bytes));
  }
}

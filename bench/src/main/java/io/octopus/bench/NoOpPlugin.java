package io.octopus.bench;

import io.octopus.plugin.api.Action;
import io.octopus.plugin.api.Plugin;
import java.time.Clock;
import java.util.Map;

/** Does nothing but say when it was started, in microseconds since 1970. */
public final class NoOpPlugin implements Plugin {

  @Action
  public Map<String, Object> main() {
    return Map.of("started", micros());
  }

  static long micros() {
    var now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}

package io.octopus.worker.execution;

import io.octopus.protocol.AttemptId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Remembers which attempts this process has started, so that none is started twice. Orders are
 * repeated for seconds or minutes, not for ever: the oldest of very many are forgotten.
 */
final class StartedAttempts {

  private static final int LIMIT = 100_000;

  private final Set<AttemptId> started = new LinkedHashSet<>();

  StartedAttempts(Collection<AttemptId> before) {
    started.addAll(before);
  }

  boolean contains(AttemptId attempt) {
    return started.contains(attempt);
  }

  void add(AttemptId attempt) {
    started.add(attempt);
    if (started.size() > LIMIT) {
      var oldest = started.iterator();
      oldest.next();
      oldest.remove();
    }
  }
}

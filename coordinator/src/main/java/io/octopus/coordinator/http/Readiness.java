package io.octopus.coordinator.http;

import java.util.Optional;

/** Says why this coordinator cannot do its work yet, or any more; empty when it can. */
@FunctionalInterface
public interface Readiness {
  Optional<String> obstacle();
}

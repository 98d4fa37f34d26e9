package io.octopus.cli;

import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what an operator can mend from what a developer must see. */
final class StartFailure {
  private StartFailure() {}

  /**
   * The whole story in one line when the cause is outside the program: a taken port, a data folder
   * in use.
   */
  static Optional<String> words(Throwable failure) {
    return causes(failure)
        .filter(cause -> cause instanceof BindException || isRefusal(cause))
        .findFirst()
        .map(cause -> String.valueOf(cause.getMessage()));
  }

  /** What Octopus throws under a name of its own is a refusal; a defect has one of Java's. */
  private static boolean isRefusal(Throwable cause) {
    return cause.getClass().getName().startsWith("io.octopus.");
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }
}

package io.octopus.system;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What a scenario needs of the machine it runs on: root, Linux, a compiler. Where it is missing the
 * scenario is skipped and says why; where {@code CI} is set it fails.
 */
public final class Requirement {
  private Requirement() {}

  /** Goes on only if it is there. */
  public static void needs(boolean isThere, String what) {
    if (!isThere && "true".equals(System.getenv("CI"))) {
      fail("this scenario must run in CI, but it needs " + what);
    }
    assumeTrue(isThere, () -> "needs " + what);
  }
}

package io.octopus.bench;

import java.io.IOException;

/** One way to do the same thing, as often as it can. */
interface Contestant extends AutoCloseable {

  String title();

  /** In how many lanes it does it at the same time. */
  int lanes();

  /** Does it once, in one of the lanes; nobody else is in that lane at the time. */
  void once(int lane) throws IOException, InterruptedException;

  @Override
  void close();
}

package io.octopus.worker.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Tries whether anything listens at the seed nodes. Blocks for up to half a second per seed. */
public final class SeedProbe {

  private static final int TIMEOUT_MILLIS = 500;

  private final List<InetSocketAddress> seeds;

  /** Takes seeds as {@code host:port}; their names are resolved at each try. */
  public SeedProbe(List<String> seeds) {
    this.seeds = seeds.stream().map(SeedProbe::unresolved).toList();
  }

  Contact.Seeds probe() {
    var allRefused = !seeds.isEmpty();
    for (var seed : seeds) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(seed.getHostString(), seed.getPort()), TIMEOUT_MILLIS);
        return Contact.Seeds.SOME_ANSWERED;
      } catch (ConnectException refused) {
        // "Connection refused": the machine is there, the coordinator is not. Others, such as
        // "no route", say nothing about the coordinator.
        allRefused &= refused.getMessage() != null && refused.getMessage().contains("refused");
      } catch (IOException unknown) {
        allRefused = false;
      }
    }
    return allRefused ? Contact.Seeds.ALL_REFUSED : Contact.Seeds.SILENT;
  }

  private static InetSocketAddress unresolved(String seed) {
    var colon = seed.lastIndexOf(':');
    return InetSocketAddress.createUnresolved(
        seed.substring(0, colon), Integer.parseInt(seed.substring(colon + 1)));
  }
}

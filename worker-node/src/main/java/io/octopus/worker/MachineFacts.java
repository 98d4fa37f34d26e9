package io.octopus.worker;

import com.sun.management.OperatingSystemMXBean;
import io.octopus.config.ClientSettings;
import io.octopus.plugin.run.PluginRunner;
import io.octopus.protocol.work.WorkerCapabilities;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What this machine is and can do, as a worker registers it. */
final class MachineFacts {

  private MachineFacts() {}

  static WorkerCapabilities of(ClientSettings client, PluginRunner runner) {
    return new WorkerCapabilities(
        host(),
        System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""),
        Optional.ofNullable(MachineFacts.class.getPackage().getImplementationVersion())
            .orElse("dev"),
        client.slots(),
        labels(client.labels()),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        "",
        runner.limits());
  }

  /** The system's family is a label that nobody needs to set. */
  private static Map<String, String> labels(Map<String, String> set) {
    var labels = new HashMap<>(set);
    labels.putIfAbsent("os", family(System.getProperty("os.name", "")));
    return labels;
  }

  static String family(String osName) {
    var name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "macos" : name;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}

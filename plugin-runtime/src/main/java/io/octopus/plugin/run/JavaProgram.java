package io.octopus.plugin.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.api.Plugin;
import io.octopus.plugin.host.JavaHost;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the JVM of a Java plugin is started: small, and with as little as it needs to see. */
final class JavaProgram {

  /**
   * Moves the pipes out of the plugin's reach: whatever it starts may read stdin, and write to
   * stdout and stderr, which then are one.
   */
  private static final String OWN_DESCRIPTORS =
      "umask 077; exec \"$@\" 3 4 3<&0 4>&1 </dev/null 1>&2";

  private static final Path SHELL = Path.of("/bin/sh");

  private JavaProgram() {}

  static Program of(List<String> options) {
    boolean moves = Files.isExecutable(SHELL);
    var command = new ArrayList<String>();
    if (moves) {
      command.addAll(List.of(SHELL.toString(), "-c", OWN_DESCRIPTORS, "octopus"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xms8m"));
    command.addAll(options);
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Djava.awt.headless=true"));
    command.addAll(List.of("--add-opens", "java.base/java.io=ALL-UNNAMED"));
    command.addAll(List.of("-cp", classPath(), JavaHost.class.getName()));
    return new Program(command, false, moves, false);
  }

  private static String classPath() {
    return Stream.of(
            JavaHost.class, Plugin.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class)
        .map(JavaProgram::placeOf)
        .map(Path::toString)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("the class path has no " + type, impossible);
    }
  }
}

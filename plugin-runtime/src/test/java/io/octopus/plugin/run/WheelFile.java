package io.octopus.plugin.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Python package as pip takes it, made on the spot: nothing comes from the network. */
final class WheelFile {

  private WheelFile() {}

  /** Writes a package with one module of its own name. */
  static Path write(Path folder, String name, String version, String code) throws IOException {
    var info = "%s-%s.dist-info/".formatted(name, version);
    var files = new LinkedHashMap<String, String>();
    files.put(name + ".py", code);
    files.put(
        info + "METADATA",
        "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version));
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", String.join(",,\n", files.keySet()) + ",,\n" + info + "RECORD,,\n");
    var wheel =
        Files.createDirectories(folder).resolve("%s-%s-py3-none-any.whl".formatted(name, version));
    try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
      }
    }
    return wheel;
  }
}

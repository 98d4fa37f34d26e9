package io.octopus.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a push sends: a plugin's file alone or, when something is said of its requirements, a form
 * with both, so that they become one version.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PluginUpload(String fileName, byte[] body, String contentType) {

  private static final String BOUNDARY = "octopus-plugin-6f1c0d2e9b7a4c35";

  /**
   * Reads the files.
   *
   * @param requirements null for those that lie beside the plugin, if any do
   * @param none whether nothing is required from now on
   */
  static PluginUpload of(Path file, @Nullable Path requirements, boolean none) {
    String fileName = ApiOptions.fileName(file);
    Path beside = file.resolveSibling(name(fileName) + ".requirements.txt");
    boolean lieBeside = fileName.endsWith(".py") && Files.isRegularFile(beside);
    byte[] code = read(file);
    if (requirements == null && !none && !lieBeside) {
      return new PluginUpload(fileName, code, "application/octet-stream");
    }
    byte[] needed = none ? new byte[0] : read(requirements != null ? requirements : beside);
    var form = new ByteArrayOutputStream();
    part(form, "file", code);
    part(form, "requirements", needed);
    form.writeBytes(ascii("--" + BOUNDARY + "--\r\n"));
    return new PluginUpload(
        fileName, form.toByteArray(), "multipart/form-data; boundary=" + BOUNDARY);
  }

  /** The plugin's name: the file's, without its suffix. */
  String name() {
    return name(fileName);
  }

  private static String name(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }

  private static void part(ByteArrayOutputStream form, String name, byte[] content) {
    form.writeBytes(
        ascii(
            "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                    .formatted(BOUNDARY, name, name)
                + "Content-Type: application/octet-stream\r\n\r\n"));
    form.writeBytes(content);
    form.writeBytes(ascii("\r\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ApiFailure.usage(file + " cannot be read: " + e.getMessage());
    }
  }
}

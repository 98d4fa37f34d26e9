package io.octopus.coordinator.dashboard;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.EntityTag;
import akka.util.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file of the dashboard, as it is sent.
 *
 * <p>Its tag is made of its content: in a reproducible build every file of a jar has the same time,
 * so a tag of time and length would keep an old page alive after an update.
 */
record Asset(ContentType type, ByteString content, EntityTag tag) {

  private static final String FOLDER = "dashboard/";

  /** No dot at the start of a name, so nothing leads out of the folder. */
  private static final Pattern PATH = Pattern.compile("(\\w[\\w.@-]*/)*\\w[\\w.@-]*\\.([a-z]+)");

  private static final Map<String, ContentType> TYPES =
      Map.of(
          "html", ContentTypes.TEXT_HTML_UTF8,
          "js", MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8),
          "css", MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8),
          "svg", MediaTypes.IMAGE_SVG_XML.toContentType());

  /** Reads a file of the dashboard from the class path; empty if there is none at this path. */
  static Optional<Asset> find(String path) {
    var match = PATH.matcher(path);
    if (!match.matches()) {
      return Optional.empty();
    }
    var type = Optional.ofNullable(TYPES.get(match.group(2)));
    return type.flatMap(known -> read(path).map(content -> of(known, content)));
  }

  private static Optional<byte[]> read(String path) {
    try (InputStream in = Asset.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FOLDER + path, e);
    }
  }

  private static Asset of(ContentType type, byte[] content) {
    var tag = HexFormat.of().formatHex(sha256(content), 0, 12);
    // weak: the same tag stands for the file as it is and for the file gzipped
    return new Asset(type, ByteString.fromArray(content), EntityTag.create(tag, true));
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

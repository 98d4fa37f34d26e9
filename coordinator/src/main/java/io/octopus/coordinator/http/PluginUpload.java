package io.octopus.coordinator.http;

import akka.http.javadsl.model.BodyPartEntity;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.Multipart;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import akka.stream.Materializer;
import akka.util.ByteString;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a push carries: the file as the whole body, or a form with the parts {@code file} and {@code
 * requirements}, so that both become one version.
 *
 * @param fileName what the sender's file is called; null when he does not say
 * @param requirements null when nothing is said of them
 */
record PluginUpload(@Nullable String fileName, ByteString file, @Nullable ByteString requirements) {

  private static final String FILE = "file";
  private static final String REQUIREMENTS = "requirements";

  /** The whole form is in memory already. */
  private static final long AT_ONCE_MILLIS = Duration.ofSeconds(10).toMillis();

  static CompletionStage<PluginUpload> of(HttpRequest request, Materializer streams) {
    var type = request.entity().getContentType();
    return RequestBody.bytes(request, RequestBody.PLUGIN_LIMIT, streams)
        .thenCompose(
            body ->
                type.mediaType().isMultipart()
                    ? ofForm(HttpEntities.create(type, body), streams)
                    : CompletableFuture.completedFuture(new PluginUpload(null, body, null)));
  }

  private static CompletionStage<PluginUpload> ofForm(
      HttpEntity.Strict form, Materializer streams) {
    if (!form.getContentType().mediaType().subType().equals("form-data")) {
      throw new RequestRefused(ProblemKind.MEDIA_TYPE, "the form must be multipart/form-data");
    }
    return Unmarshaller.entityToMultipartFormData()
        .unmarshal(form, streams)
        .thenCompose(parts -> parts.toStrict(AT_ONCE_MILLIS, streams))
        .handle(
            (parts, malformed) -> {
              if (parts == null) {
                throw new RequestRefused(ProblemKind.INVALID, "the form cannot be read");
              }
              return ofParts(parts);
            });
  }

  private static PluginUpload ofParts(Multipart.FormData.Strict form) {
    Map<String, ByteString> parts = new HashMap<>();
    String fileName = null;
    for (Multipart.FormData.BodyPart.Strict part : form.getStrictParts()) {
      String name = part.getName();
      if (!name.equals(FILE) && !name.equals(REQUIREMENTS)) {
        throw RequestRefused.invalid(
            BodyFields.shortened(name), "is not a part of the form; known are file, requirements");
      }
      if (parts.put(name, bytes(part.getEntity())) != null) {
        throw RequestRefused.invalid(name, "may be given once");
      }
      if (name.equals(FILE)) {
        fileName = part.getFilename().orElse(null);
      }
    }
    ByteString file = parts.get(FILE);
    if (file == null) {
      throw RequestRefused.invalid(FILE, "is required in the form");
    }
    return new PluginUpload(fileName, file, parts.get(REQUIREMENTS));
  }

  private static ByteString bytes(BodyPartEntity entity) {
    return ((HttpEntity.Strict) entity).getData();
  }
}

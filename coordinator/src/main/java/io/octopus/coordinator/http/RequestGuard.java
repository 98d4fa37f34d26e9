package io.octopus.coordinator.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaTypes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses what a browser sends for a foreign page: another name that resolves to us (DNS
 * rebinding), another site's origin, a form's body.
 */
final class RequestGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final Set<String> allowedHosts;

  /**
   * @param allowedHosts beside the loopback names, in lower case
   */
  RequestGuard(Set<String> allowedHosts) {
    this.allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Throws {@link RequestRefused} for what is not served. */
  void check(HttpRequest request) {
    Authority host = Authority.of("http://" + header(request, "Host").orElse(""));
    if (!LOOPBACK.contains(host.name()) && !allowedHosts.contains(host.name())) {
      throw new RequestRefused(
          ProblemKind.HOST_REFUSED,
          "the host \"" + BodyFields.shortened(host.name()) + "\" is not in server.allowed-hosts");
    }
    Optional<String> origin = header(request, "Origin");
    if (origin.isPresent() && !Authority.of(origin.get()).equals(host)) {
      throw crossSite("the origin " + BodyFields.shortened(origin.get()) + " is another site");
    }
    if (changes(request)) {
      checkChange(request);
    }
  }

  private static void checkChange(HttpRequest request) {
    if (header(request, "Sec-Fetch-Site").filter("cross-site"::equalsIgnoreCase).isPresent()) {
      throw crossSite("Sec-Fetch-Site says that another site sent this");
    }
    boolean isFile =
        request.method().equals(HttpMethods.PUT) && request.getUri().path().startsWith("/plugins/");
    boolean isJson =
        request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON);
    if (!request.entity().isKnownEmpty() && !isFile && !isJson) {
      throw new RequestRefused(
          ProblemKind.MEDIA_TYPE,
          "the body is %s but must be application/json: send the header Content-Type"
              .formatted(request.entity().getContentType().mediaType()));
    }
  }

  private static boolean changes(HttpRequest request) {
    return !request.method().equals(HttpMethods.GET)
        && !request.method().equals(HttpMethods.HEAD)
        && !request.method().equals(HttpMethods.OPTIONS);
  }

  private static RequestRefused crossSite(String detail) {
    return new RequestRefused(ProblemKind.CROSS_SITE, detail);
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  /** Who is spoken to: a name without brackets and a port. */
  private record Authority(String name, int port) {
    static Authority of(String url) {
      try {
        URI uri = new URI(url);
        String name = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        return new Authority(
            name.startsWith("[") ? name.substring(1, name.length() - 1) : name,
            uri.getPort() < 0 ? usual : uri.getPort());
      } catch (URISyntaxException e) {
        return new Authority("", -1);
      }
    }
  }
}

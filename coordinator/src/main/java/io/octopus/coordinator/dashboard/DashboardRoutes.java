package io.octopus.coordinator.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the dashboard: one page at {@code /} and at every address under {@code /ui}, and the files
 * it loads under {@code /assets}.
 *
 * <p>The page may run only the scripts that come from here; its one inline script, the import map,
 * is allowed by its hash.
 */
public final class DashboardRoutes extends AllDirectives {

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private final Asset page;
  private final List<HttpHeader> headers;
  private final Map<String, Asset> assets = new ConcurrentHashMap<>();

  public DashboardRoutes() {
    page =
        Asset.find("index.html")
            .orElseThrow(() -> new IllegalStateException("the dashboard is not on the class path"));
    headers =
        List.of(
            CacheControl.create(CacheDirectives.NO_CACHE),
            RawHeader.create("Content-Security-Policy", contentSecurityPolicy(page)),
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Referrer-Policy", "no-referrer"));
  }

  public Route create() {
    return concat(
        pathSingleSlash(() -> get(() -> send(page))),
        path("ui", () -> get(() -> send(page))),
        pathPrefix("ui", () -> path(PathMatchers.remaining(), rest -> get(() -> send(page)))),
        pathPrefix("assets", () -> path(PathMatchers.remaining(), rest -> get(() -> asset(rest)))));
  }

  private Route asset(String path) {
    // only files that exist are remembered, so asking for names at random fills nothing
    var asset = Optional.ofNullable(assets.get(path)).or(() -> Asset.find(path));
    asset.ifPresent(found -> assets.put(path, found));
    return asset.map(this::send).orElseGet(this::reject);
  }

  private Route send(Asset asset) {
    var response =
        HttpResponse.create().withEntity(HttpEntities.create(asset.type(), asset.content()));
    return respondWithHeaders(
        headers, () -> encodeResponse(() -> conditional(asset.tag(), () -> complete(response))));
  }

  private static String contentSecurityPolicy(Asset page) {
    var importMap = IMPORT_MAP.matcher(page.content().utf8String());
    if (!importMap.find()) {
      throw new IllegalStateException("the dashboard's page has no import map");
    }
    var hash = Base64.getEncoder().encodeToString(Asset.sha256(importMap.group(1).getBytes(UTF_8)));
    return "default-src 'self'; script-src 'self' 'sha256-%s'; style-src 'self'; worker-src 'self';"
            .formatted(hash)
        + " connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none';"
        + " form-action 'none'";
  }
}

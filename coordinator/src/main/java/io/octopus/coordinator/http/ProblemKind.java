package io.octopus.coordinator.http;

/** The ways in which a request is not answered as wished; each has one status code. */
enum ProblemKind {
  MALFORMED(400, "malformed-json", "Malformed JSON"),
  INVALID(400, "invalid-request", "Invalid request"),
  CROSS_SITE(403, "cross-site", "Cross-site request refused"),
  NOT_FOUND(404, "not-found", "Not found"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "Method not allowed"),
  CONFLICT(409, "conflict", "Conflict with the state"),
  STALE(412, "stale-version", "Stale version"),
  TOO_LARGE(413, "too-large", "Too large"),
  MEDIA_TYPE(415, "media-type", "Unsupported media type"),
  HOST_REFUSED(421, "host-refused", "Host not served"),
  KEY_REUSED(422, "key-reused", "Idempotency-Key used for another request"),
  INTERNAL(500, "internal", "Internal error"),
  NO_JOURNAL(503, "journal-not-available", "journal not available"),
  NOT_READY(503, "not-ready", "coordinator not ready");

  private final int status;
  private final String slug;
  private final String title;

  ProblemKind(int status, String slug, String title) {
    this.status = status;
    this.slug = slug;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** Tells this kind from another with the same status. */
  String type() {
    return "urn:octopus:problem:" + slug;
  }
}

package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/** Asks a coordinator until it is ready and its clients are Online. */
final class Readiness {
  private final ApiClient api;

  Readiness(String address) {
    api = new ApiClient(address, "");
  }

  /** True when ready, false when it is no longer {@code wanted} or the thread is interrupted. */
  boolean await(int clients, BooleanSupplier wanted) {
    while (wanted.getAsBoolean()) {
      if (isReady(clients)) {
        return true;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private boolean isReady(int clients) {
    try {
      api.get("/health/ready");
      JsonNode items = api.get("/clients?limit=500").path("items");
      long online =
          StreamSupport.stream(items.spliterator(), false)
              .filter(client -> client.path("status").asText().equals("Online"))
              .count();
      return online >= clients;
    } catch (ApiFailure e) {
      return false;
    }
  }
}

package io.octopus.coordinator.http;

import io.octopus.protocol.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Names new tasks. With an idempotency key the id derives from it, so that a repeated request meets
 * the same task wherever it arrives.
 */
final class TaskIds {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int RANDOM_BYTES = 10;
  private static final int KEY_BYTES = 20;

  private final RandomGenerator random;
  private final Consumer<TaskId> announcements;

  /**
   * New names.
   *
   * @param announcements told each fresh one before anybody else sees it
   */
  TaskIds(RandomGenerator random, Consumer<TaskId> announcements) {
    this.random = random;
    this.announcements = announcements;
  }

  TaskId fresh() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    TaskId id = new TaskId("t" + base32(bytes, RANDOM_BYTES));
    announcements.accept(id);
    return id;
  }

  static TaskId ofKey(String idempotencyKey) {
    byte[] hash = Sha256.of(idempotencyKey.getBytes(StandardCharsets.UTF_8));
    return new TaskId("k" + base32(hash, KEY_BYTES));
  }

  /** The first bytes, whose number is a multiple of five, without padding. */
  private static String base32(byte[] bytes, int length) {
    StringBuilder text = new StringBuilder();
    for (int block = 0; block < length; block += 5) {
      long bits = 0;
      for (int i = 0; i < 5; i++) {
        bits = (bits << 8) | (bytes[block + i] & 0xffL);
      }
      for (int shift = 35; shift >= 0; shift -= 5) {
        text.append(ALPHABET.charAt((int) ((bits >>> shift) & 31)));
      }
    }
    return text.toString();
  }
}

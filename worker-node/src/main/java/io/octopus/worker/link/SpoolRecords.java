package io.octopus.worker.link;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.work.AttemptReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a record of the spool is written: its length, its checksum, then JSON. Whatever does not fit
 * its checksum was not written to its end.
 */
final class SpoolRecords {

  /** A line of the spool. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Kept.class, name = "Kept"),
    @JsonSubTypes.Type(value = Forgotten.class, name = "Forgotten")
  })
  sealed interface SpoolRecord {}

  /** A result that waits to be delivered. */
  record Kept(AttemptReport report) implements SpoolRecord {}

  /** Results of these attempts need no delivery any more. */
  record Forgotten(List<AttemptId> attempts) implements SpoolRecord {}

  static final int HEADER = 8;
  private static final int LONGEST = 64 * 1024 * 1024;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private SpoolRecords() {}

  static ByteBuffer frame(SpoolRecord line) throws IOException {
    var payload = JSON.writerFor(SpoolRecord.class).writeValueAsBytes(line);
    return ByteBuffer.allocate(HEADER + payload.length)
        .putInt(payload.length)
        .putInt(checksum(payload))
        .put(payload)
        .flip();
  }

  /** The payload's length that a header states, if it can be one. */
  static Optional<Integer> length(ByteBuffer header) {
    var length = header.getInt(0);
    return length > 0 && length <= LONGEST ? Optional.of(length) : Optional.empty();
  }

  /** The record behind a header, if it was written to its end. */
  static Optional<SpoolRecord> read(ByteBuffer header, byte[] payload) throws IOException {
    return header.getInt(4) == checksum(payload)
        ? Optional.of(JSON.readValue(payload, SpoolRecord.class))
        : Optional.empty();
  }

  private static int checksum(byte[] payload) {
    var crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }
}

package io.octopus.protocol.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an attempt's output, in order.
 *
 * @param offset where it starts in the attempt's output, in UTF-8 bytes from 0
 * @param stream {@code stdout}, {@code stderr} or {@code log}
 * @param level the log record's level, for {@code log}
 */
public record OutputChunk(
    long offset, String stream, @Nullable String level, Instant at, String text) {}

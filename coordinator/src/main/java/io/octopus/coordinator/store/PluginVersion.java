package io.octopus.coordinator.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One content that a plugin has had, without the content.
 *
 * @param version what the plugin says of itself, or empty
 * @param actions the contract's list of actions, a JSON array as text
 * @param requirements what must be installed before it runs, a JSON array of texts
 * @param metadata whatever else the catalog knows of it, a JSON object as text
 * @param size of the plugin's file in bytes
 * @param createdBy who brought it: a user, or the folder
 */
public record PluginVersion(
    String name,
    String sha256,
    String fileName,
    String version,
    @Nullable String language,
    @Nullable String description,
    String actions,
    String requirements,
    String metadata,
    long size,
    Instant createdAt,
    String createdBy) {}

package io.octopus.coordinator.plugin;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to serve from now on.
 *
 * @param fileName what the file is called where it comes from; its suffix says the language
 * @param content the file; null to keep the one that serves
 * @param requirements what lies beside it; null to keep what serves, empty for none
 * @param by who asks
 * @param expected the hash that must serve for this to be done; null for any
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PluginPush(
    String name,
    @Nullable String fileName,
    byte @Nullable [] content,
    byte @Nullable [] requirements,
    String by,
    @Nullable String expected) {}

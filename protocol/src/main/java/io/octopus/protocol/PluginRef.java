package io.octopus.protocol;

/**
 * One exact content of a plugin: what an execution pins and a worker verifies.
 *
 * @param name the plugin's name, its file's name without the suffix
 * @param fileName the file's name with its suffix, which tells the language
 * @param version what the plugin says of itself ({@code PLUGIN_VERSION}), or empty
 * @param sha256 the content's SHA-256 in lower-case hexadecimal
 */
public record PluginRef(String name, String fileName, String version, String sha256) {}

package io.octopus.config;

/**
 * What an execution may leave behind, in bytes.
 *
 * @param maxSize of its result
 * @param maxOutput of what it prints; of more the beginning and the end are kept
 * @param maxArtefacts of all files that it leaves
 */
public record ResultSettings(long maxSize, long maxOutput, long maxArtefacts) {}

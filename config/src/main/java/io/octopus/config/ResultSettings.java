package io.octopus.config;

/** The largest result of an execution, in bytes. */
public record ResultSettings(long maxSize) {}

package io.octopus.config;

/** Where Akka Management listens, if at all. */
public record ManagementSettings(String host, int port, boolean enabled) {}

package io.octopus.config;

import java.util.Set;

/** Where the API and the dashboard listen, and which Host values they answer (lower case). */
public record ServerSettings(String host, int port, boolean insecure, Set<String> allowedHosts) {}

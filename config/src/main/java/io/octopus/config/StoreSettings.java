package io.octopus.config;

import java.nio.file.Path;

/** The database's JDBC address and the folder of everything this process writes. */
public record StoreSettings(String url, Path dataDirectory) {}

package io.octopus.config;

import java.time.Duration;
import java.util.Map;

/** Who this worker is, what it offers and how it stops. */
public record ClientSettings(
    String name,
    int slots,
    Map<String, String> labels,
    Duration offlineAfter,
    String python,
    Duration stopGrace,
    LimitSettings limits,
    LanguageSettings languages) {}

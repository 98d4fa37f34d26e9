package io.octopus.config;

/**
 * What one execution may use on a worker, and as whom it runs; 0 is for no limit.
 *
 * @param runAs empty for the worker's own user
 */
public record LimitSettings(long memory, int processes, int openFiles, String runAs) {}

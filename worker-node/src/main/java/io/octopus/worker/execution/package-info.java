/**
 * How a worker runs attempts: how many at once, one attempt from start to outcome, and its output.
 * Knows nothing of the cluster: what leaves here goes through the uplink.
 */
@NullMarked
package io.octopus.worker.execution;

import org.jspecify.annotations.NullMarked;

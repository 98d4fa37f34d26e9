/**
 * The dashboard's way to the browser: its pages as files, and the feed that keeps them live. The
 * pages themselves are resources and talk to the HTTP API like any other client.
 */
@NullMarked
package io.octopus.coordinator.dashboard;

import org.jspecify.annotations.NullMarked;

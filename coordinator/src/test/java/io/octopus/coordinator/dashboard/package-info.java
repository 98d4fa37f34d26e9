/** Tests of how the dashboard reaches the browser. */
@NullMarked
package io.octopus.coordinator.dashboard;

import org.jspecify.annotations.NullMarked;

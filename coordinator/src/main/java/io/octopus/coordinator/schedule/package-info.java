/** When: wakes tasks whose time has come. What is due is for the task to decide. */
@NullMarked
package io.octopus.coordinator.schedule;

import org.jspecify.annotations.NullMarked;

/**
 * The HTTP edge: turns requests into commands and rows into answers. Everything a request can get
 * wrong is found here, before any actor is asked; nothing here decides what happens to a task.
 */
@NullMarked
package io.octopus.coordinator.http;

import org.jspecify.annotations.NullMarked;

/**
 * Which plugins exist and which content serves under each name: fed from a folder and from the API,
 * kept in the database, handed to workers by hash. Knows no HTTP and runs no plugin's code.
 */
@NullMarked
package io.octopus.coordinator.plugin;

import org.jspecify.annotations.NullMarked;

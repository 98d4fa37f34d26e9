/**
 * The write side: one event-sourced actor per task decides everything about it. Knows no HTTP, no
 * SQL and no sockets; what it needs of the fleet and the plugins it declares as {@link FleetView}
 * and {@link PluginView}, what it tells the dispatcher as {@link DispatchNotice}.
 */
@NullMarked
package io.octopus.coordinator.task;

import org.jspecify.annotations.NullMarked;

/** A worker's verified copies of plugin files, fetched from coordinators by content hash. */
@NullMarked
package io.octopus.worker.plugin;

import org.jspecify.annotations.NullMarked;

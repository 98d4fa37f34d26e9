/**
 * What a worker and its coordinators say to each other: registering, keeping in touch, delivering
 * results from the spool until they are acknowledged. Knows nothing of how work is run.
 */
@NullMarked
package io.octopus.worker.link;

import org.jspecify.annotations.NullMarked;

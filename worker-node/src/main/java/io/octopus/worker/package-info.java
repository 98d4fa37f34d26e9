/**
 * A worker's process: wires its parts, joins the cluster again whenever it falls out of it, and
 * stops in order. Running work lives in an actor system of its own and outlives the cluster's.
 */
@NullMarked
package io.octopus.worker;

import org.jspecify.annotations.NullMarked;

/**
 * What can be set: the settings of a coordinator and of a worker, read from flags, environment,
 * file and defaults, and the finished configuration of their actor systems. Knows no Akka class,
 * only its keys.
 */
@NullMarked
package io.octopus.config;

import org.jspecify.annotations.NullMarked;

/**
 * Tests of the HTTP edge, through a bound server, with every exchange held against the contract.
 */
@NullMarked
package io.octopus.coordinator.http;

import org.jspecify.annotations.NullMarked;

package io.octopus.coordinator.http;

/**
 * One thing that is wrong with a request.
 *
 * @param field the body's field as a dotted path, or the parameter or header
 * @param message the value and the rule it breaks
 */
record FieldError(String field, String message) {}

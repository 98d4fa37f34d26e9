package io.octopus.protocol;

/** Marks what crosses a JVM or is stored in the journal: written as Jackson CBOR. */
public interface CborSerializable {}

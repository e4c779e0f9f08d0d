package dev.portcullis.platform;

/**
 * A principal has something of a port.
 *
 * @param principal who
 * @param granted whether the owner itself granted it; else somebody else did
 */
public record Holding(Principal principal, boolean granted) {}

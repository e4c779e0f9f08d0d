package dev.portcullis.platform;

/**
 * A principal has something of a port.
 *
 * @param port the port
 * @param reference what it has it by, in the platform's own words (a role's name)
 * @param principal who
 * @param granted whether the owner itself granted it; else somebody else did
 */
public record Holding(PortId port, String reference, Principal principal, boolean granted) {}

package dev.portcullis.platform;

/** One principal may use one port's objects in one profile. */
public record Entitlement(PortId port, Profile profile, Principal principal) {}

package dev.portcullis.platform;

/**
 * What is at the other end.
 *
 * @param version the server's version, for people
 * @param identity tells one server from another behind the same name, where the platform has such a thing; else empty
 */
public record Server(String version, String identity) {}

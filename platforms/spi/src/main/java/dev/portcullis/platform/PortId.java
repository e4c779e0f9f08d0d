package dev.portcullis.platform;

/**
 * An output port as platforms know it. The UID identifies it: a port created anew under the same name is another one.
 *
 * @param uid metadata.uid
 * @param namespace for people who read names on the platform
 * @param name for people who read names on the platform
 */
public record PortId(String uid, String namespace, String name) {}

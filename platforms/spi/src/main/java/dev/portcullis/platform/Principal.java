package dev.portcullis.platform;

/** What a beneficiary is called on a platform: a PostgreSQL login, a Kafka user. Any text: modules decide which they accept. */
public record Principal(String name) implements Comparable<Principal> {
    @Override
    public int compareTo(Principal other) {
        return name.compareTo(other.name);
    }
}

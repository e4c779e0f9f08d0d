package dev.portcullis.platform.postgresql.way;

import java.util.Map;
import java.util.Set;

/**
 * What logins can read.
 *
 * @param reads one for each login, table or column, and role that has the right
 * @param everything logins that can read all there is, and by which role: their own name, where they are superusers themselves
 */
public record Reads(Set<Read> reads, Map<String, String> everything) {}

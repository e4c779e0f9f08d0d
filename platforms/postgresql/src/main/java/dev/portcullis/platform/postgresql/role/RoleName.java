package dev.portcullis.platform.postgresql.role;

import dev.portcullis.platform.Fingerprint;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What roles and views of ours are called: a name a person recognises and a hash that nothing else has. At most 63 bytes, and never in need of quotes. */
public final class RoleName {
    /** What all names start with; no principal may. */
    public static final String PREFIX = "portcullis_";

    private static final int HASH = 16;
    private static final int READABLE = 63 - PREFIX.length() - 1 - HASH;
    private static final Pattern UNREADABLE = Pattern.compile("[^a-z0-9]");
    private static final Pattern FORM = Pattern.compile("portcullis_[a-z0-9_]+_[0-9a-v]{" + HASH + "}");

    private RoleName() {}

    /** The role that holds a profile of a port. */
    public static String of(Owner owner, PortId port, Profile profile) {
        return PREFIX + readable(port.name(), READABLE) + "_"
                + hash(owner.installation(), owner.platform(), port.uid(), profile.canonical());
    }

    /** The role that owns the views of a port. */
    public static String views(Owner owner, PortId port) {
        return PREFIX + readable(port.name(), READABLE) + "_"
                + hash(owner.installation(), owner.platform(), port.uid(), "views");
    }

    /** The view of a table in a profile of a port. */
    public static String view(Owner owner, PortId port, Profile profile, String table) {
        return readable(port.name() + "_" + table, 63 - 1 - HASH) + "_"
                + hash(owner.installation(), owner.platform(), port.uid(), profile.canonical(), table);
    }

    private static String readable(String name, int longest) {
        String readable = UNREADABLE.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("_");
        return readable.length() > longest ? readable.substring(0, longest) : readable;
    }

    /**
     * What a role is called once another took its place; the number is its OID, so that no two are called the same.
     *
     * @param taken whether another role has a name: whoever may create roles can foresee ours
     */
    public static String retired(Mark mark, long oid, Predicate<String> taken) {
        return IntStream.iterate(0, next -> next + 1)
                .mapToObj(turn -> retired(mark, oid + (turn == 0 ? "" : " " + turn)))
                .filter(name -> !taken.test(name))
                .findFirst()
                .orElseThrow();
    }

    private static String retired(Mark mark, String which) {
        return PREFIX + "retired_"
                + hash(
                        mark.owner().installation(),
                        mark.owner().platform(),
                        mark.port().uid(),
                        "retired " + which);
    }

    /** Whether a role of ours could be called this. */
    public static boolean possible(String name) {
        return FORM.matcher(name).matches();
    }

    /** 80 bits in base 32. */
    private static String hash(String... parts) {
        return Fingerprint.ofParts(parts).base32(HASH);
    }
}

package dev.portcullis.operator.platform;

import dev.portcullis.api.FirstFew;
import dev.portcullis.operator.grant.Others;
import dev.portcullis.platform.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Words for what other installations have on the server of a platform, and what can be done about it. */
final class OtherInstallations {
    static final String CONDITION = "OtherInstallations";

    /** Whoever may create roles can mark them with whatever names: the words stay few. */
    private static final int LISTED = 10;

    private static final int LONGEST_NAME = 63;

    private final String installation;
    private final Predicate<String> platforms;

    /**
     * @param installation ours
     * @param platforms whether there is a DataPlatform of the name: what is marked for it is not another's
     */
    OtherInstallations(String installation, Predicate<String> platforms) {
        this.installation = installation;
        this.platforms = platforms;
    }

    /** What the condition says. */
    record Told(String reason, String message) {}

    Optional<Told> of(Others others) {
        List<String> sentences = new ArrayList<>();
        String still = others.returned().stream()
                .map(OtherInstallations::name)
                .sorted()
                .limit(LISTED)
                .collect(Collectors.joining(", "));
        if (!still.isEmpty()) {
            sentences.add(
                    "what was taken over from " + still
                            + " was granted there anew: that installation is still alive, and each undoes what the other does; end it, or take its id off spec.takeOver");
        }
        String strangers = list(others, owner -> !owner.installation().equals(installation));
        if (!strangers.isEmpty()) {
            sentences.add(
                    "other installations of Portcullis have roles on this server, which are left alone: " + strangers
                            + ". Several may share a server. If one is gone for good, what it granted is taken over by its id in spec.takeOver of the DataPlatform"
                            + " that is called as its platform was; set spec.drift.maxRemovals to 0 first, and what no agreement explains is held");
        }
        String forgotten =
                list(others, owner -> owner.installation().equals(installation) && !platforms.test(owner.platform()));
        if (!forgotten.isEmpty()) {
            sentences.add("roles are left of DataPlatforms of this installation that are gone: " + forgotten
                    + "; create one of that name on this server, and what no agreement explains is taken away");
        }
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Told(still.isEmpty() ? "LeftAlone" : "StillAlive", String.join(". ", sentences)));
    }

    private static String list(Others others, Predicate<Owner> which) {
        List<String> all = others.leftAlone().entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .sorted(Map.Entry.comparingByKey(
                        java.util.Comparator.comparing(Owner::installation).thenComparing(Owner::platform)))
                .map(entry -> name(entry.getKey()) + " (" + amount(entry.getValue()) + " roles)")
                .toList();
        return FirstFew.of(LISTED, all);
    }

    /** Coarse: who lives there adds and drops roles all the time, and not each of them is worth a write. */
    private static String amount(int roles) {
        return roles < 10 ? "a few" : roles < 100 ? "tens of" : roles < 1000 ? "hundreds of" : "thousands of";
    }

    private static String name(Owner owner) {
        return "installation " + shortened(owner.installation()) + ", platform " + shortened(owner.platform());
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
    }
}

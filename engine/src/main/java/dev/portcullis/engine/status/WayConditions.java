package dev.portcullis.engine.status;

import dev.portcullis.api.Condition;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.facts.Sentences;
import dev.portcullis.platform.Way;
import java.util.List;
import java.util.Optional;

/**
 * What others granted besides: AccessBeyond while the agreement gives access, AccessRemains once it does not. Each is there only while there is something to say.
 * Nothing of it is ours to take away, so neither makes an agreement unready.
 */
public final class WayConditions {
    public static final String BEYOND = "AccessBeyond";
    public static final String REMAINS = "AccessRemains";

    private static final int LISTED = 5;

    private WayConditions() {}

    /** Until the platform was looked at for exactly what is asked now, what was said of that stands. */
    static void addTo(Conditions conditions, List<Condition> before, Access access, Optional<GrantReport> report) {
        String type = access instanceof Access.Wanted ? BEYOND : REMAINS;
        Optional<List<Way>> ways =
                report.filter(read -> read.basis().equals(access)).flatMap(GrantReport::ways);
        if (ways.isEmpty()) {
            Conditions.find(before, type)
                    .ifPresent(said -> conditions.add(type, said.status(), said.reason(), said.message()));
        } else if (!ways.get().isEmpty()) {
            addTo(conditions, type, ways.get());
        }
    }

    private static void addTo(Conditions conditions, String type, List<Way> ways) {
        if (type.equals(REMAINS)) {
            conditions.add(type, true, "GrantedByOthers", remains(ways));
            return;
        }
        List<Way> further = ways.stream().filter(Way::further).toList();
        List<Way> same = ways.stream().filter(way -> !way.further()).toList();
        String more = further.isEmpty() ? "" : "more can be read than was agreed: " + sentences(further);
        String longer = same.isEmpty()
                ? ""
                : (further.isEmpty() ? "" : more.endsWith(";") ? " besides, " : "; besides, ")
                        + "what others granted lets the same be read, and the end of the agreement does not take that away: "
                        + sentences(same);
        conditions.add(type, true, further.isEmpty() ? "GrantedByOthers" : "MoreThanAgreed", more + longer);
    }

    /** What is to be said of ways that are left when an agreement has ended. */
    public static String remains(List<Way> ways) {
        return "nothing is granted by Portcullis any more, but the data can still be read by what others granted: "
                + sentences(ways);
    }

    private static String sentences(List<Way> ways) {
        String first =
                Sentences.joined(ways.stream().limit(LISTED).map(Way::message).toList());
        return ways.size() > LISTED ? first + " and " + (ways.size() - LISTED) + " more ways" : first;
    }
}

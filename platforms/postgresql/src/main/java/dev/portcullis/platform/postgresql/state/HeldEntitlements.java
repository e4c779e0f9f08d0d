package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.filter.FilterTexts;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.view.Served;
import dev.portcullis.platform.postgresql.view.ViewDesign;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which entitlements are held, whole and by our grant. Each role is looked at once, however many ask for what it has. */
final class HeldEntitlements {
    private final PostgresqlObserved seen;
    private final Inheritance inheritance;
    private final Map<String, List<ObservedRole>> byName;
    private final Map<Inheritance.Name, List<ObservedRole>> takenOver;
    private final Map<Offer, Set<String>> holders = new HashMap<>();

    private record Offer(PortId port, PostgresqlProfile profile) {}

    HeldEntitlements(PostgresqlObserved seen) {
        this.seen = seen;
        // who is an heirloom of a profile does not depend on what else is wanted
        this.inheritance = new Inheritance(seen.owner(), Set.of());
        this.byName = seen.roles().stream().collect(Collectors.groupingBy(ObservedRole::name));
        this.takenOver = seen.roles().stream()
                .filter(role -> !role.mark().owner().equals(seen.owner()))
                .collect(Collectors.groupingBy(
                        role -> Inheritance.Name.of(role.mark().port())));
    }

    boolean have(Entitlement entitlement) {
        return entitlement.profile() instanceof PostgresqlProfile profile
                && holders.computeIfAbsent(new Offer(entitlement.port(), profile), this::holders)
                        .contains(entitlement.principal().name());
    }

    private Set<String> holders(Offer offer) {
        return isShown(offer)
                ? roles(offer)
                        .filter(role -> isWhole(role, offer))
                        .flatMap(role -> role.members().stream())
                        .filter(member -> seen.operator().gave(member) && member.inherit())
                        .map(Membership::member)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private Stream<ObservedRole> roles(Offer offer) {
        Mark mark = Mark.of(seen.owner(), offer.port());
        return Stream.concat(
                byName.getOrDefault(RoleName.of(seen.owner(), offer.port(), offer.profile()), List.of()).stream()
                        .filter(role -> role.mark().sameAs(mark)),
                takenOver.getOrDefault(Inheritance.Name.of(offer.port()), List.of()).stream()
                        .filter(role -> inheritance.isHeirloom(role, offer.port(), offer.profile())));
    }

    private static boolean isWhole(ObservedRole role, Offer offer) {
        Set<Privilege> held =
                role.privileges().stream().map(HeldPrivilege::privilege).collect(Collectors.toSet());
        return held.containsAll(Served.privileges(role.mark().owner(), offer.port(), offer.profile()));
    }

    /** Whether the views of a profile show what they are to show. */
    private boolean isShown(Offer offer) {
        PostgresqlProfile profile = offer.profile();
        FilterTexts texts = new FilterTexts();
        return !profile.isFiltered()
                || profile.tables().keySet().stream()
                        .allMatch(table -> Optional.ofNullable(seen.views()
                                        .tables()
                                        .get(new SqlObject.Table(profile.database(), profile.schema(), table)))
                                .flatMap(facts -> ViewDesign.of(
                                        Mark.of(seen.owner(), offer.port()), profile, table, facts, texts))
                                .filter(definition -> Optional.ofNullable(
                                                seen.views().views().get(definition.view()))
                                        .filter(view -> view.shows(definition))
                                        .isPresent())
                                .isPresent());
    }
}

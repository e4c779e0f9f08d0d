package dev.portcullis.engine.access;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.api.team.TeamSpec;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says who gets access by a current agreement, under which principals. */
public final class AccessJudge {
    private final World world;
    private final PrincipalMapper principals;

    public AccessJudge(World world, PrincipalMapper principals) {
        this.world = world;
        this.principals = principals;
    }

    public Access access(DataUsageAgreement agreement, Snapshot snapshot, Standing.Current current) {
        var metadata = current.offer().port().getMetadata();
        var rules = current.offer().platform().getSpec().principalRules();
        List<Access.Grantee> grantees = new ArrayList<>();
        List<String> withoutPrincipal = new ArrayList<>();
        boolean isRuleBroken = false;
        for (Beneficiary beneficiary : beneficiaries(agreement, snapshot, current.leftOut()::letStay)) {
            PrincipalMapper.Result result = principals.map(beneficiary, rules);
            if (result instanceof PrincipalMapper.Result.Ok ok) {
                grantees.add(new Access.Grantee(beneficiary, ok.principal()));
            } else if (result instanceof PrincipalMapper.Result.Bad bad) {
                withoutPrincipal.add(bad.message());
                isRuleBroken |= bad instanceof PrincipalMapper.Result.RuleBroken;
            }
        }
        if (grantees.isEmpty() && !withoutPrincipal.isEmpty() && (isRuleBroken || !isForTeam(agreement, snapshot))) {
            // a rule that somebody broke ends no agreement: who had the access keeps it until the rule works again; but
            // where a team's members have no name here, those who had one may be the ones who left
            remembered(agreement).forEach(grantees::add);
        }
        return new Access.Wanted(
                current.offer().platform().getMetadata().getName(),
                new PortId(metadata.getUid(), metadata.getNamespace(), metadata.getName()),
                current.profile(),
                List.copyOf(grantees),
                List.copyOf(withoutPrincipal));
    }

    /** What its beneficiaries are called on the platform of its port; nobody where port or platform are gone. */
    public Set<Principal> principals(DataUsageAgreement agreement, Snapshot snapshot) {
        var provider = agreement.getSpec().provider();
        return world.port(provider.namespace(), provider.outputPort())
                .flatMap(port -> world.platform(port.getSpec().platform()))
                .map(platform -> beneficiaries(agreement, snapshot, user -> true).stream()
                        .map(beneficiary ->
                                principals.map(beneficiary, platform.getSpec().principalRules()))
                        .filter(PrincipalMapper.Result.Ok.class::isInstance)
                        .map(result -> ((PrincipalMapper.Result.Ok) result).principal())
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    private List<Beneficiary> beneficiaries(
            DataUsageAgreement agreement, Snapshot snapshot, Predicate<String> letStay) {
        Beneficiary beneficiary = Requester.beneficiary(agreement, snapshot.team());
        if (!(beneficiary instanceof Beneficiary.WholeTeam)) {
            return List.of(beneficiary);
        }
        Optional<Team> team = world.team(snapshot.team());
        if (team.isEmpty()) {
            // who belongs to it cannot be known any more: who had the access keeps it until the Team is back or
            // somebody decides
            return remembered(agreement).map(Access.Grantee::beneficiary).toList();
        }
        if (team.get().getSpec().grantAs() == TeamSpec.GrantAs.Principal) {
            return List.of(beneficiary);
        }
        return team.get().getSpec().members().stream()
                .map(TeamMember::user)
                .filter(letStay)
                .<Beneficiary>map(Beneficiary.User::new)
                .toList();
    }

    private static boolean isForTeam(DataUsageAgreement agreement, Snapshot snapshot) {
        return Requester.beneficiary(agreement, snapshot.team()) instanceof Beneficiary.WholeTeam;
    }

    private static Stream<Access.Grantee> remembered(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus())
                .map(DataUsageAgreementStatus::provisioning)
                .map(Provisioning::principals)
                .orElse(List.of())
                .stream()
                .map(name -> new Access.Grantee(new Beneficiary.Remembered(name), new Principal(name)));
    }
}

package dev.portcullis.platform.external;

import static dev.portcullis.platform.external.Grants.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.grant.AccessGrantStatus.State;
import dev.portcullis.api.platform.Drift;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * An operator and a grant controller that both may end between any two steps, while what is wanted changes: whatever has access on the platform is at any time
 * either wanted or not reported as gone; and in the end exactly what is wanted is there.
 */
class RandomControllersTest {
    private static final List<String> PEOPLE = List.of("taylor", "quinn", "carl");

    @Property
    void goneIsNeverSaidOfAccessThatIsThere(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Grants grants = new Grants();
        ExternalConnector connector = new ExternalConnector(grants);
        PlatformSession session = connector.open(null, OWNER, Credentials.NONE);
        Set<String> platform = new HashSet<>();
        Controller controller = new Controller(grants, platform);
        Set<Entitlement> wanted = Set.of();
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(6)) {
                case 0 ->
                    wanted = PEOPLE.stream()
                            .filter(name -> random.nextBoolean())
                            .map(Grants::entitlement)
                            .collect(Collectors.toSet());
                case 1 -> someOf(random, grants.all()).ifPresent(grant -> grants.deleted(grant.name()));
                case 2 -> controller.step(random);
                case 3 -> controller.step(random);
                default -> compare(connector, session, wanted, random);
            }
            Observed observed = session.observe(new Scope.Everything(), wanted);
            Set<String> maybe = observed.besides(wanted).stream()
                    .map(Holding::principal)
                    .map(Principal::name)
                    .collect(Collectors.toSet());
            Set<String> asked =
                    wanted.stream().map(one -> one.principal().name()).collect(Collectors.toSet());
            for (String name : platform) {
                assertThat(maybe.contains(name) || asked.contains(name))
                        .as("%s has access, and it is said to be gone", name)
                        .isTrue();
            }
        }
        for (int round = 0; round < 6; round++) {
            compare(connector, session, wanted, new Random(0) {
                @Override
                public boolean nextBoolean() {
                    return true;
                }
            });
            controller.whole();
        }
        assertThat(platform)
                .isEqualTo(wanted.stream().map(one -> one.principal().name()).collect(Collectors.toSet()));
        Observed observed = session.observe(new Scope.Everything(), wanted);
        assertThat(wanted).allMatch(observed::holds);
        assertThat(observed.besides(wanted)).isEmpty();
    }

    private static java.util.Optional<SeenGrant> someOf(Random random, List<SeenGrant> all) {
        List<SeenGrant> present =
                all.stream().filter(grant -> !grant.deleting()).toList();
        return present.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(present.get(random.nextInt(present.size())));
    }

    /** As the operator does, and ends in the middle now and then. */
    private static void compare(
            ExternalConnector connector, PlatformSession session, Set<Entitlement> wanted, Random random)
            throws Exception {
        Observed observed = session.observe(new Scope.Everything(), wanted);
        Plan plan = connector
                .module()
                .plan(new Wanted(OWNER, new Scope.Everything(), wanted, Set.of(), Drift.Unmanaged.Remove), observed);
        for (Change change : plan.changes()) {
            if (!random.nextBoolean()) {
                return;
            }
            session.execute(List.of(change));
        }
    }

    /** As the sample does: looks, then makes all access so, then answers for what it saw; it ends at any point now and then, and begins by looking. */
    private static final class Controller {
        private final Grants grants;
        private final Set<String> platform;
        private List<SeenGrant> seen = List.of();
        private int next;

        Controller(Grants grants, Set<String> platform) {
            this.grants = grants;
            this.platform = platform;
            this.next = -1;
        }

        void step(Random random) {
            if (random.nextInt(10) == 0 || next > seen.size()) {
                next = -1;
            }
            if (next == -1) {
                seen = grants.all();
            } else if (next == 0) {
                settle();
            } else {
                answer(seen.get(next - 1));
            }
            next = next == seen.size() ? -1 : next + 1;
        }

        void whole() {
            seen = grants.all();
            settle();
            seen.forEach(this::answer);
            next = -1;
        }

        private void settle() {
            platform.clear();
            seen.stream()
                    .filter(grant -> !grant.deleting())
                    .forEach(grant -> platform.add(grant.principal().name()));
        }

        /** For exactly what it saw: the API server refuses it for another version. */
        private void answer(SeenGrant grant) {
            if (grants.all().contains(grant)) {
                grants.answer(
                        grant.name(), grant.deleting() ? State.Revoked : State.Granted, grant.generation(), "done");
            }
        }
    }
}

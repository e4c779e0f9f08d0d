package dev.portcullis.engine.request;

import dev.portcullis.api.agreement.AcceptedTerms;
import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.team.ActingTeam;
import java.util.List;

/** Whether a request can be decided on. */
public sealed interface Validity {
    /**
     * It can.
     *
     * @param snapshot what it is judged by
     * @param offer what the port offers now
     * @param consumer the acting team
     * @param provider the team that offers
     */
    record Valid(Snapshot snapshot, Offer offer, ActingTeam consumer, ActingTeam provider) implements Validity {
        /** Its two sides. */
        public Parties parties() {
            return new Parties(consumer, provider, offer.platform());
        }

        /** The same, once the policies have spoken. */
        public Valid judgedBy(AppliedPolicies policies) {
            return new Valid(snapshot.withPolicies(policies), offer, consumer, provider);
        }

        /** The same, with the texts that it accepts for the sake of policies. */
        public Valid accepting(List<AcceptedTerms> accepted) {
            return new Valid(snapshot.accepting(accepted), offer, consumer, provider);
        }

        /** The same, with what a decision names it by, once all is known that is asked for and accepted. */
        public Valid named(String hash) {
            return new Valid(snapshot.withRequest(hash), offer, consumer, provider);
        }
    }

    /** It cannot, yet or ever. */
    record Invalid(Problem problem) implements Validity {}
}

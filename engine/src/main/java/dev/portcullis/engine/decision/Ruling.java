package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.Problem;
import java.util.List;
import java.util.Optional;

/** What a look at an agreement's decisions comes to. */
public sealed interface Ruling {
    /** What stands in the annotations and is not taken. */
    Optional<NotTaken> notTaken();

    /** Nothing is decided, and nothing is waited for. */
    record Stands(Optional<NotTaken> notTaken) implements Ruling {
        public Stands() {
            this(Optional.empty());
        }
    }

    /**
     * Decisions are taken now: of a request the last of them decides.
     *
     * @param workflow who decides where no rule does
     */
    record Taken(List<DecisionRecord> decisions, String rule, Workflow workflow, Optional<NotTaken> notTaken)
            implements Ruling {
        /** The same, where nothing else is not taken by it. */
        public Taken orNotTaken(Optional<NotTaken> besides) {
            return new Taken(decisions, rule, workflow, notTaken.or(() -> besides));
        }

        boolean approves() {
            return decisions.get(decisions.size() - 1).decision() == Verdict.approved;
        }
    }

    /** It would be approved now, but what others have said of it must be heard first, or somebody who may has to say something else. */
    record PutOff(Problem why, Until until) implements Ruling {
        /** What it waits for. */
        public enum Until {
            /** What is there is heard: that is done by itself, in moments. */
            HEARD,
            /** Somebody decides. */
            DECIDED
        }

        @Override
        public Optional<NotTaken> notTaken() {
            return Optional.empty();
        }
    }

    /**
     * The decision on a request is waited for.
     *
     * @param missing the approvals that are still required; none where any one person who may decides
     * @param votes approvals that are taken now and are not enough
     */
    record Awaited(
            String rule,
            Workflow workflow,
            List<MissingApproval> missing,
            List<DecisionRecord> votes,
            Optional<NotTaken> notTaken)
            implements Ruling {}
}
